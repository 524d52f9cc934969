import type { Recording } from '../clients/caller.ts'
import type { OperationListener } from '../metrics/listened-series.ts'
import type { Tally } from '../metrics/recorded.ts'
import { Recorder } from '../metrics/recorder.ts'
import { packRecording } from '../metrics/recording-part.ts'
import { summarize, type RecordingSummary } from '../metrics/summary.ts'
import { mergeHistograms, type HistogramData } from '../stats/histogram.ts'
import type { Ms } from '../units/units.ts'
import type { Phase } from './course.ts'
import type { PhaseState } from './journal.ts'
import type { PhasePart } from './run-part.ts'

export type PhaseName = Phase['name'] | 'graceful stop'

interface Stretch {
  readonly name: PhaseName
  readonly recorder: Recorder
  readonly from: Ms
  to: Ms | undefined
}

export interface Summarized {
  readonly name: PhaseName
  /** On the run's clock. */
  readonly from: Ms
  readonly summary: RecordingSummary
}

interface PhasesOptions {
  readonly open?: boolean
  readonly listener?: OperationListener | undefined
}

/**
 * The recorders of a load's phases. An operation is recorded in the phase in which it began, so the
 * judged window opens without draining what is under way.
 */
export class Phases {
  readonly recording: Recording
  readonly #stretches: Stretch[]
  readonly #open: boolean
  readonly #listener: OperationListener | undefined
  #users = 0
  #entered: (name: PhaseName) => void = () => {}

  constructor(first: PhaseName, now: Ms, { open = false, listener }: PhasesOptions = {}) {
    this.#open = open
    this.#listener = listener
    const stretch = { name: first, recorder: this.#recorder(now), from: now, to: undefined }
    this.#stretches = [stretch]
    this.recording = { current: stretch.recorder }
  }

  get current(): PhaseName {
    return (this.#stretches.at(-1) as Stretch).name
  }

  /** The recorder of the judged time, once that has begun. */
  get steady(): Recorder | undefined {
    return this.#stretches.find(({ name }) => name === 'steady')?.recorder
  }

  /** Calls with the phase that runs, and with each that begins from now on. */
  onEnter(entered: (name: PhaseName) => void): void {
    this.#entered = entered
    entered(this.current)
  }

  /** Begins the first phase anew; a load that has been stopped already stays so. */
  restart(now: Ms): void {
    if (this.#stretches.length > 1) return
    this.enter(this.current, now)
    this.#stretches.shift()
  }

  /** Ends the phase that runs and begins the next. */
  enter(name: PhaseName, now: Ms): void {
    const recorder = this.#recorder(now)
    const before = this.#stretches.at(-1) as Stretch
    before.to = now
    before.recorder.followedBy(recorder)
    this.#stretches.push({ name, recorder, from: now, to: undefined })
    this.recording.current = recorder
    recorder.users(this.#users)
    this.#entered(name)
  }

  /** Notes that a user began (+1) or left (−1). */
  user(change: 1 | -1): void {
    this.#users += change
    this.recording.current.users(this.#users)
  }

  /** Virtual users at work. */
  get users(): number {
    return this.#users
  }

  /** What the phase that runs has recorded so far. */
  look(now: Ms): { readonly name: PhaseName; readonly summary: RecordingSummary } {
    const { name, recorder, from } = this.#stretches.at(-1) as Stretch
    return { name, summary: summarize(recorder.data(now), now - from) }
  }

  /** Latencies of the phase that runs: of its requests, or of its iterations when it has none. */
  latency(now: Ms): HistogramData {
    const { operations, iterations } = this.recording.current.state(now)
    const counted = operations.filter(({ part }) => !part)
    return mergeHistograms((counted.length === 0 ? [iterations] : counted).map(latencyOf))
  }

  /** What has completed in all phases together. */
  tally(): Tally {
    const all = this.#stretches.map(({ recorder }) => recorder.tally())
    return {
      count: all.reduce((sum, { count }) => sum + count, 0),
      failed: all.reduce((sum, { failed }) => sum + failed, 0),
    }
  }

  /** The summary of every phase that took place; a steady one that never began is empty. */
  summaries(now: Ms): readonly Summarized[] {
    const all = this.#stretches.map(({ name, recorder, from, to }) => ({
      name,
      from: from - this.judgedFrom,
      summary: summarize(recorder.data(now), (to ?? now) - from),
    }))
    if (all.some(({ name }) => name === 'steady')) return all
    const summary = summarize(this.#recorder(now).data(now), 0)
    return [...all, { name: 'steady', from: 0, summary }]
  }

  /** What every phase that took place has recorded, as JSON; a steady one that never began is empty. */
  parts(now: Ms, startedAt: Ms): readonly PhasePart[] {
    const all = this.#stretches.map(({ name, recorder, from, to = now }) => ({
      name,
      from: from - startedAt,
      to: to - startedAt,
      recording: packRecording(recorder.state(now), recorder.windowsOf()),
    }))
    if (all.some(({ name }) => name === 'steady')) return all
    const none = this.#recorder(now)
    const recording = packRecording(none.state(now), none.windowsOf())
    return [...all, { name: 'steady', from: 0, to: 0, recording }]
  }

  /** What every phase has recorded so far, without its course. */
  states(now: Ms): readonly PhaseState[] {
    return this.#stretches.map(({ name, recorder, from, to = now }) => ({
      name,
      from: from - this.judgedFrom,
      to: to - this.judgedFrom,
      state: recorder.state(to),
    }))
  }

  /** When the judged time began, which is 0 on the run's clock; the start of the load when it never did. */
  get judgedFrom(): Ms {
    const steady = this.#stretches.find(({ name }) => name === 'steady')
    return (steady ?? this.#stretches[0])?.from ?? 0
  }

  #recorder(epoch: Ms): Recorder {
    return new Recorder(epoch, { open: this.#open, listener: this.#listener })
  }
}

const latencyOf = ({ latency }: { readonly latency: HistogramData }): HistogramData => latency
