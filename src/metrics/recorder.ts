import type { Ms } from '../units/units.ts'
import { ArrivalCount } from './arrivals.ts'
import { assemble, type WindowsOf } from './assemble.ts'
import { Checks } from './checks.ts'
import { ErrorGroups } from './error-groups.ts'
import { ListenedSeries, type OperationListener } from './listened-series.ts'
import type { FailureKind } from './outcome.ts'
import { OwnMetrics } from './own-metrics.ts'
import type { Recorded, RecorderState, Tally } from './recorded.ts'
import type { Failure, Sample } from './sample.ts'
import { Sending } from './sending.ts'
import { SocketCounts } from './sockets.ts'
import { Series } from './series.ts'
import type { SeriesOptions } from './series-options.ts'
import { Timeline } from './timeline.ts'
import { flowInto } from './token-flow.ts'

/** An error that ended an iteration and that no operation had recorded. */
export interface IterationFailure {
  readonly kind: FailureKind
  readonly message: string
  /** No operation failed in the iteration either (an SDK turns a recorded 503 into its own error). */
  readonly own: boolean
  describe(): Failure
}

interface RecorderOptions {
  /** Of an open load, whose arrivals are counted. */
  readonly open?: boolean
  readonly listener?: OperationListener | undefined
}

/** Between a part's owner and the part: `chat › POST /sessions/{}/chat`. */
export const PART = ' › '

/**
 * The one mutable sink of measurements. Clients record into series, a load records iterations, and
 * `data` gives readonly data at any time.
 *
 * What the run as a whole is judged by: all named operations that are no part of another, and every
 * iteration that failed by itself (a failed assertion after a good answer must not vanish). A load
 * that recorded no operation at all is judged by its iterations.
 */
export class Recorder {
  readonly metrics = new OwnMetrics()
  readonly checks = new Checks()
  /** How the generator kept up with what it was to send. */
  readonly sending = new Sending()
  /** Of an open load, which also keeps the service times. */
  readonly arrivals: ArrivalCount | undefined
  readonly sockets: SocketCounts
  readonly #epoch: Ms
  readonly #listener: OperationListener | undefined
  readonly #timeline: Timeline
  readonly #series = new Map<string, Series>()
  readonly #groups = new Map<string, Series>()
  readonly #iterations: Series
  readonly #ownFailures: Series
  readonly #errors = new ErrorGroups()

  constructor(epoch: Ms, { open = false, listener }: RecorderOptions = {}) {
    this.#epoch = epoch
    this.#listener = listener
    this.sockets = new SocketCounts(epoch)
    this.#timeline = new Timeline(epoch)
    this.#iterations = new Series('iterations', this.#timeline, { open })
    this.#ownFailures = new Series('scenario', this.#timeline)
    this.arrivals = open ? new ArrivalCount() : undefined
  }

  /** The series of a name, made at its first use. */
  series(name: string, options?: SeriesOptions): Series {
    const known = this.#series.get(name)
    if (known !== undefined) {
      if (options?.streaming === true) known.streams()
      if (options?.tags !== undefined) known.tag(options.tags)
      return known
    }
    const made = this.#made(name, { ...options, open: this.arrivals !== undefined })
    this.#series.set(name, made)
    return made
  }

  /** The series of a group, made at its first use. */
  group(name: string): Series {
    const known = this.#groups.get(name)
    if (known !== undefined) return known
    const made = new Series(name, this.#timeline, { open: this.arrivals !== undefined })
    this.#groups.set(name, made)
    return made
  }

  /** Whether somebody is told of operations that begin. */
  get listened(): boolean {
    return this.#listener !== undefined
  }

  /** Records an iteration; `failure` is given when what ended it is no operation's error. */
  iteration(sample: Sample, failure?: IterationFailure): void {
    this.#iterations.record(sample)
    this.#listener?.iteration?.(sample, failure)
    if (failure === undefined) return
    if (failure.own) this.#ownFailures.record({ ...sample, outcome: failure.kind })
    this.#errors.add('iteration', failure.kind, failure.message, sample.endedAt, () =>
      failure.describe(),
    )
  }

  /** Counts a failed operation with its like; `describe` is called for the first of its kind only. */
  failure(
    name: string,
    kind: Failure['kind'],
    message: string,
    at: Ms,
    describe: () => Failure,
  ): void {
    this.#errors.add(name, kind, message, at, describe)
  }

  /** Says that its phase is over, and what records the next. */
  followedBy(next: Recorder): void {
    this.#timeline.next = next.#timeline
  }

  /** Takes a failed operation back: the test called its answer right in the end. */
  pardon(name: string, kind: Failure['kind'], message: string): void {
    this.#errors.remove(name, kind, message)
  }

  /** Notes that so many virtual users are active from now on. */
  users(active: number): void {
    this.#timeline.users(active)
  }

  #made(name: string, given: SeriesOptions): Series {
    const options = { ...given, flow: flowInto(this.#timeline, name) }
    const listener = options.part === true ? undefined : this.#listener
    return listener === undefined
      ? new Series(name, this.#timeline, options)
      : new ListenedSeries(name, this.#timeline, options, listener)
  }

  /** What the run is judged by, counted so far; see the class. Costs nothing until it is asked for. */
  tally(): Tally {
    const counted = this.#counted
    const judged = counted[0] === this.#iterations ? counted : [...counted, this.#ownFailures]
    let [count, failed] = [0, 0]
    for (const series of judged) {
      const tally = series.tally()
      count += tally.ok + tally.failed
      failed += tally.failed
    }
    return { count, failed }
  }

  /** The time of all operations that are no part of another, added up; of iterations when there was none. */
  get busy(): Ms {
    return this.#counted.reduce((sum, { busy }) => sum + busy, 0)
  }

  get #counted(): readonly Series[] {
    const counted = [...this.#series.values()].filter((series) => !series.part)
    return counted.length === 0 ? [this.#iterations] : counted
  }

  /** What was recorded until `now`, without its course; of a series that rests it costs nothing. */
  state(now: Ms): RecorderState {
    this.#timeline.roll(now)
    return {
      operations: [...this.#series.values()].map((series) => series.data()),
      iterations: this.#iterations.data(),
      ownFailures: this.#ownFailures.data(),
      errors: this.#errors.data(this.#epoch),
      metrics: this.metrics.data(),
      checks: this.checks.data(),
      groups: [...this.#groups.values()].map((series) => series.data()),
      arrivals: this.arrivals?.data(),
      sockets: this.sockets.data(),
      openings: this.sending.openings.data(),
    }
  }

  /** All that was recorded until `now`. */
  data(now: Ms): Recorded {
    return assemble(this.state(now), this.windowsOf())
  }

  /** The windows of the series of the last `state`. */
  windowsOf(): WindowsOf {
    const all = [...this.#series.values(), ...this.#groups.values()]
    const gatherers = new Map(
      [...all, this.#iterations, this.#ownFailures].map((series) => [series.data(), series]),
    )
    return (wanted) => this.#timeline.windows(wanted.map((each) => gatherers.get(each) as Series))
  }
}
