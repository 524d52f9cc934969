import { Histogram } from '../stats/histogram.ts'
import type { Ms } from '../units/units.ts'
import { amendedBy, failOne, restoreOne } from './amend-cell.ts'
import type { Cell } from './cell.ts'
import { CutOffTimes } from './cut-off-times.ts'
import { failuresIn, isFailure, type FailureKind, type OutcomeKind } from './outcome.ts'
import { intendedStart, latencyOf, ttfbOf, type Sample, type StreamTiming } from './sample.ts'
import type { SeriesState } from './series-data.ts'
import type { SeriesOptions } from './series-options.ts'
import type { Gatherer } from './slot.ts'
import { NO_STREAMS, StreamSeries } from './stream-series.ts'
import type { Timeline } from './timeline.ts'
import { flow, type TokenFlow } from './token-flow.ts'
import { WindowedHistogram } from './windowed-histogram.ts'

/**
 * One named operation. `record` is the hot path of the whole package: one histogram for latency, one
 * for the first byte, and a count. Latencies go into the open window only and are added to the total
 * when the window turns, so each sample is stored once.
 */
export class Series implements Gatherer {
  readonly name: string
  readonly part: boolean
  /** All that any of its operations had. */
  readonly tags = new Set<string>()
  /** The time that its operations took, added up, however they ended. */
  busy: Ms = 0
  readonly #timeline: Timeline
  readonly #open = new Histogram()
  readonly #closed = new Histogram()
  readonly #service: Histogram | undefined
  readonly #outcomes = new Map<OutcomeKind, number>()
  readonly #ttfb = new WindowedHistogram()
  #cold: Histogram | undefined
  readonly #cutOff = new CutOffTimes()
  readonly #flow: TokenFlow | undefined
  #streams: StreamSeries | undefined
  #streaming: boolean
  #touched = false
  #failed = 0
  #aborted = 0
  /** What `data` gave, until something changes it. */
  #data: SeriesState | undefined

  constructor(name: string, timeline: Timeline, options: SeriesOptions = {}) {
    this.name = name
    this.part = options.part ?? false
    this.#streaming = options.streaming ?? false
    this.#service = options.open === true ? new Histogram() : undefined
    this.#timeline = timeline
    this.#flow = options.flow
    if (options.tags !== undefined) this.tag(options.tags)
  }

  tag(tags: readonly string[]): void {
    for (const tag of tags) this.tags.add(tag)
    this.#data = undefined
  }

  /** Notes that an operation has begun, for those who listen. */
  begins(): void {}

  /** Records one operation that has ended, and what its stream added. */
  record(sample: Sample, stream?: StreamTiming): void {
    if (sample.endedAt >= this.#timeline.end) this.#timeline.roll(sample.endedAt)
    if (!this.#touched) this.#touch()
    this.busy += sample.endedAt - sample.startedAt
    if (sample.outcome === 'ok') {
      this.#open.record(latencyOf(sample))
      if (sample.cold === true) (this.#cold ??= new Histogram()).record(latencyOf(sample))
      this.#service?.record(sample.endedAt - sample.startedAt)
      const ttfb = ttfbOf(sample)
      if (ttfb !== undefined) this.#ttfb.record(ttfb)
    } else this.#recordFailure(sample.outcome)
    if (stream !== undefined) this.#recordStream(sample, stream)
    if (sample.outcome === 'cutOff') {
      this.#cutOff.record(latencyOf(sample), this.#streaming, stream)
    }
  }

  /** Turns a sample recorded as a success into a failure: the test judged the answer itself. */
  amend(sample: Sample, outcome: FailureKind, stream?: StreamTiming): void {
    const amended = amendedBy(sample, this.#streaming, stream)
    const { latency } = amended
    const ttfb = ttfbOf(sample)
    if (this.#timeline.amend(this, sample.endedAt, (cell) => failOne(cell, amended))) {
      this.#closed.remove(latency)
      if (ttfb !== undefined) this.#ttfb.removeClosed(ttfb)
      if (stream !== undefined) this.#streams?.removeClosed(stream, latency)
    } else if (this.#open.remove(latency)) {
      this.#failed++
      if (ttfb !== undefined) this.#ttfb.remove(ttfb)
      if (stream !== undefined) this.#streams?.remove(stream, latency)
    } else return
    this.#service?.remove(sample.endedAt - sample.startedAt)
    if (sample.cold === true) this.#cold?.remove(latency)
    this.#count(outcome)
  }

  /** Turns a failure that `amend` made of a success into a success again. */
  restore(sample: Sample, outcome: FailureKind): void {
    const amended = amendedBy(sample, this.#streaming)
    const { latency } = amended
    const ttfb = ttfbOf(sample)
    if (this.#timeline.amend(this, sample.endedAt, (cell) => restoreOne(cell, amended))) {
      this.#closed.record(latency)
      if (ttfb !== undefined) this.#ttfb.recordClosed(ttfb)
    } else if (this.#failed > 0) {
      this.#failed--
      this.#open.record(latency)
      if (ttfb !== undefined) this.#ttfb.record(ttfb)
    } else return
    this.#service?.record(sample.endedAt - sample.startedAt)
    if (sample.cold === true) this.#cold?.record(latency)
    this.#count(outcome, -1)
  }

  /** What has completed so far; cheap, so that a run can be watched. */
  tally(): { readonly ok: number; readonly failed: number } {
    return { ok: this.#closed.count + this.#open.count, failed: failuresIn(this.#outcomes) }
  }

  /** Says that it streams, for a name that was first used without saying so. */
  streams(): void {
    this.#streaming = true
    this.#data = undefined
  }

  turn(): Cell {
    const latency = this.#open.data()
    this.#closed.merge(latency)
    const ttfb = this.#ttfb.turn()
    const times = { ...(ttfb !== undefined && { ttfb }), ...this.#streams?.turn() }
    const failed = this.#failed
    const counts = { ok: latency.count, failed, aborted: this.#aborted, latency }
    const cell = {
      ...counts,
      ...(Object.keys(times).length > 0 && { times }),
      ...(this.#streaming && failed > 0 && { streamFailed: failed }),
    }
    this.#open.clear()
    this.#failed = 0
    this.#aborted = 0
    this.#touched = false
    return cell
  }

  /** All that was recorded so far; the timeline must have been rolled first. */
  data(): SeriesState {
    return (this.#data ??= {
      name: this.name,
      part: this.part,
      tags: [...this.tags],
      streamFailures: this.#streaming ? failuresIn(this.#outcomes) : 0,
      outcomes: {
        ...(this.#closed.count > 0 && { ok: this.#closed.count }),
        ...Object.fromEntries(this.#outcomes),
      },
      latency: this.#closed.data(),
      service: this.#service?.data(),
      ttfb: this.#ttfb.data(),
      cold: this.#cold?.data(),
      ...(this.#streams?.data() ?? NO_STREAMS),
      cutOff: this.#cutOff.data(),
    })
  }

  #touch(): void {
    this.#touched = true
    this.#data = undefined
    this.#timeline.touch(this)
  }

  #recordFailure(outcome: OutcomeKind): void {
    if (isFailure(outcome)) this.#failed++
    else this.#aborted++
    this.#count(outcome)
  }

  #recordStream(sample: Sample, stream: StreamTiming): void {
    const start = intendedStart(sample)
    const { outcome, endedAt } = sample
    this.#streaming = true
    this.#streams ??= new StreamSeries()
    const second = Math.max(0, Math.floor((endedAt - this.#timeline.epoch) / 1_000))
    const whole = { latency: endedAt - start, ttfb: ttfbOf(sample), second }
    this.#streams.record(stream, outcome === 'ok' ? whole : undefined)
    if (this.#flow !== undefined) flow(stream, start, this.#flow)
  }

  #count(outcome: OutcomeKind, change: 1 | -1 = 1): void {
    this.#data = undefined
    const count = (this.#outcomes.get(outcome) ?? 0) + change
    if (count === 0) this.#outcomes.delete(outcome)
    else this.#outcomes.set(outcome, count)
  }
}
