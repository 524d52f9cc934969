import { Histogram } from '../stats/histogram.ts'
import type { Ms } from '../units/units.ts'
import { isFailure, type FailureKind, type OutcomeKind } from './outcome.ts'
import type { Sample, StreamTiming } from './sample.ts'
import type { SeriesData } from './series-data.ts'
import { NO_STREAMS, StreamSeries } from './stream-series.ts'
import type { Cell } from './cell.ts'
import type { Gatherer } from './slot.ts'
import type { Timeline } from './timeline.ts'
import { flow, type TokenFlow } from './token-flow.ts'

/** What a series is told about itself when it is made. */
export interface SeriesOptions {
  /** A call inside another operation: shown under it, never counted in the run. */
  readonly part?: boolean | undefined
  /** Known to stream: its failures count as never having given a first token. */
  readonly streaming?: boolean | undefined
  /** Of an open load: keeps latencies without their lag, too. */
  readonly open?: boolean | undefined
  /** Where the tokens of its streams go as they came. */
  readonly flow?: TokenFlow | undefined
}

/**
 * One named operation. `record` is the hot path of the whole package: one histogram for latency, one
 * for the first byte, and a count. Latencies go into the open window only and are added to the total
 * when the window turns, so each sample is stored once.
 */
export class Series implements Gatherer {
  readonly name: string
  readonly part: boolean
  readonly #timeline: Timeline
  readonly #open = new Histogram()
  readonly #closed = new Histogram()
  readonly #service: Histogram | undefined
  readonly #outcomes = new Map<OutcomeKind, number>()
  readonly #ttfb = new Histogram()
  readonly #cutOff = {
    latency: new Histogram(),
    ttft: new Histogram(),
    ttfo: new Histogram(),
    ttct: new Histogram(),
  }
  readonly #flow: TokenFlow | undefined
  /** Made for the first stream: most operations are none. */
  #streams: StreamSeries | undefined
  #streaming: boolean
  #touched = false
  #failed = 0
  #aborted = 0

  constructor(name: string, timeline: Timeline, options: SeriesOptions = {}) {
    this.name = name
    this.part = options.part ?? false
    this.#streaming = options.streaming ?? false
    this.#service = options.open === true ? new Histogram() : undefined
    this.#timeline = timeline
    this.#flow = options.flow
  }

  /** Records one operation that has ended, and what its stream added. */
  record(sample: Sample, stream?: StreamTiming): void {
    if (sample.endedAt >= this.#timeline.end) this.#timeline.roll(sample.endedAt)
    if (!this.#touched) this.#touch()
    if (sample.outcome === 'ok') {
      this.#open.record(latencyOf(sample))
      this.#service?.record(sample.endedAt - sample.startedAt)
      if (sample.firstByteAt !== undefined) {
        this.#ttfb.record(sample.firstByteAt - intendedStart(sample))
      }
    } else this.#recordFailure(sample.outcome)
    if (stream !== undefined) this.#recordStream(sample, stream)
    if (sample.outcome === 'cutOff') this.#recordCutOff(latencyOf(sample), stream)
  }

  /** Turns a sample recorded as a success into a failure: the test judged the answer itself. */
  amend(sample: Sample, outcome: FailureKind, stream?: StreamTiming): void {
    const latency = latencyOf(sample)
    if (this.#timeline.amend(this, sample.endedAt, (cell) => failOne(cell, latency))) {
      this.#closed.remove(latency)
    } else if (this.#open.remove(latency)) this.#failed++
    else return
    this.#service?.remove(sample.endedAt - sample.startedAt)
    if (sample.firstByteAt !== undefined) {
      this.#ttfb.remove(sample.firstByteAt - intendedStart(sample))
    }
    if (stream !== undefined) this.#streams?.remove(stream, latency)
    this.#count(outcome)
  }

  /** Says that it streams, for a name that was first used without saying so. */
  streams(): void {
    this.#streaming = true
  }

  turn(): Cell {
    const latency = this.#open.data()
    this.#closed.merge(latency)
    const cell = { ok: latency.count, failed: this.#failed, aborted: this.#aborted, latency }
    this.#open.clear()
    this.#failed = 0
    this.#aborted = 0
    this.#touched = false
    return cell
  }

  /** All that was recorded so far; the timeline must have been rolled first. */
  data(): SeriesData {
    const cutOff = this.#cutOff
    const latency = this.#closed.data()
    return {
      name: this.name,
      part: this.part,
      streamFailures: this.#streaming
        ? sum([...this.#outcomes].filter(([kind]) => isFailure(kind)))
        : 0,
      outcomes: {
        ...(latency.count > 0 && { ok: latency.count }),
        ...Object.fromEntries(this.#outcomes),
      },
      latency,
      service: this.#service?.data(),
      ttfb: this.#ttfb.data(),
      ...(this.#streams?.data() ?? NO_STREAMS),
      cutOff: {
        latency: cutOff.latency.data(),
        ttft: cutOff.ttft.data(),
        ttfo: cutOff.ttfo.data(),
        ttct: cutOff.ttct.data(),
      },
      windows: this.#timeline.windows([this]),
    }
  }

  #touch(): void {
    this.#touched = true
    this.#timeline.touch(this)
  }

  #recordFailure(outcome: OutcomeKind): void {
    if (isFailure(outcome)) this.#failed++
    else this.#aborted++
    this.#count(outcome)
  }

  #recordStream(sample: Sample, stream: StreamTiming): void {
    const start = intendedStart(sample)
    const { outcome, endedAt, firstByteAt } = sample
    const ttfb = firstByteAt === undefined ? undefined : firstByteAt - start
    this.#streaming = true
    this.#streams ??= new StreamSeries()
    this.#streams.record(stream, outcome === 'ok' ? { latency: endedAt - start, ttfb } : undefined)
    if (this.#flow !== undefined) flow(stream, start, this.#flow)
  }

  #recordCutOff(lasted: Ms, stream: StreamTiming | undefined): void {
    const { latency, ttft, ttfo, ttct } = this.#cutOff
    latency.record(lasted)
    if (this.#streaming && stream?.ttft === undefined) ttft.record(lasted)
    if (this.#streaming && stream?.ttfo === undefined) ttfo.record(lasted)
    if (this.#streaming && stream?.ttct === undefined) ttct.record(lasted)
  }

  #count(outcome: OutcomeKind): void {
    this.#outcomes.set(outcome, (this.#outcomes.get(outcome) ?? 0) + 1)
  }
}

const intendedStart = (sample: Sample): Ms => sample.startedAt - (sample.lag ?? 0)
const latencyOf = (sample: Sample): Ms => sample.endedAt - intendedStart(sample)

const sum = (counts: readonly (readonly [OutcomeKind, number])[]): number =>
  counts.reduce((total, [, count]) => total + count, 0)

/** The cell with one success made a failure; `undefined` when it holds no such success. */
function failOne(cell: Cell, latency: number): Cell | undefined {
  const histogram = new Histogram()
  histogram.merge(cell.latency)
  if (!histogram.remove(latency)) return undefined
  return { ...cell, ok: cell.ok - 1, failed: cell.failed + 1, latency: histogram.data() }
}
