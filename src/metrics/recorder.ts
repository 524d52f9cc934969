import type { Ms } from '../units/units.ts'
import { ArrivalCount, type ArrivalsData } from './arrivals.ts'
import { ErrorGroups, type ErrorGroup } from './error-groups.ts'
import { ListenedSeries, type OperationListener } from './listened-series.ts'
import type { FailureKind } from './outcome.ts'
import { OwnMetrics, type MetricSummary } from './own-metrics.ts'
import type { Failure, Sample } from './sample.ts'
import { Sending } from './sending.ts'
import { joinSeries, type SeriesData } from './series-data.ts'
import { SocketCounts, type SocketsData } from './sockets.ts'
import { Series, type SeriesOptions } from './series.ts'
import { Timeline } from './timeline.ts'

/** All that a recorder holds, as plain data on one grid of windows. */
export interface Recorded {
  /** Named operations; those with `part` lie inside another one. */
  readonly operations: readonly SeriesData[]
  readonly iterations: SeriesData
  /** What a run is judged by: see `Recorder`. */
  readonly whole: SeriesData
  /** Iterations in `whole` that failed by themselves, after operations that went well. */
  readonly ownFailures: number
  readonly errors: readonly ErrorGroup[]
  readonly metrics: readonly MetricSummary[]
  /** Only of an open load. */
  readonly arrivals: ArrivalsData | undefined
  readonly sockets: SocketsData
}

/** An error that ended an iteration and that no operation had recorded. */
export interface IterationFailure {
  readonly kind: FailureKind
  readonly message: string
  /** No operation failed in the iteration either (an SDK turns a recorded 503 into its own error). */
  readonly own: boolean
  describe(): Failure
}

/** How much of a run has completed, and how much of that failed. */
export interface Tally {
  readonly count: number
  readonly failed: number
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
  /** How the generator kept up with what it was to send. */
  readonly sending = new Sending()
  /** Of an open load, which also keeps the service times. */
  readonly arrivals: ArrivalCount | undefined
  readonly sockets: SocketCounts
  readonly #epoch: Ms
  readonly #listener: OperationListener | undefined
  readonly #timeline: Timeline
  readonly #series = new Map<string, Series>()
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

  /** Takes a failed operation back: the test called its answer right in the end. */
  pardon(name: string, kind: Failure['kind'], message: string): void {
    this.#errors.remove(name, kind, message)
  }

  /** Notes that so many virtual users are active from now on. */
  users(active: number): void {
    this.#timeline.users(active)
  }

  #made(name: string, options: SeriesOptions): Series {
    const listener = options.part === true ? undefined : this.#listener
    return listener === undefined
      ? new Series(name, this.#timeline, options)
      : new ListenedSeries(name, this.#timeline, options, listener)
  }

  /** What the run is judged by, counted so far; see the class. Costs nothing until it is asked for. */
  tally(): Tally {
    const counted = [...this.#series.values()].filter((series) => !series.part)
    const judged = counted.length === 0 ? [this.#iterations] : [...counted, this.#ownFailures]
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
    const counted = [...this.#series.values()].filter((series) => !series.part)
    const judged = counted.length === 0 ? [this.#iterations] : counted
    return judged.reduce((sum, { busy }) => sum + busy, 0)
  }

  /** All that was recorded until `now`. */
  data(now: Ms): Recorded {
    this.#timeline.roll(now)
    const all = [...this.#series.values()].map(withData)
    const counted = all.filter(({ series }) => !series.part)
    const bare = counted.length === 0
    const iterations = withData(this.#iterations)
    const ownFailures = withData(this.#ownFailures)
    const judged = bare ? [iterations] : [...counted, ownFailures]
    return {
      operations: all.map(({ data }) => data),
      iterations: iterations.data,
      whole: joinSeries(
        bare ? 'all iterations' : 'all requests',
        judged.map(({ data }) => data),
        this.#timeline.windows(judged.map(({ series }) => series)),
      ),
      ownFailures: bare ? 0 : countOf(ownFailures.data),
      errors: this.#errors.data(this.#epoch),
      metrics: this.metrics.data(),
      arrivals: this.arrivals?.data(),
      sockets: this.sockets.data(),
    }
  }
}

interface Gathered {
  readonly series: Series
  readonly data: SeriesData
}

/** The histograms of a series are copied when it is asked for its data: once is enough. */
const withData = (series: Series): Gathered => ({ series, data: series.data() })

const countOf = ({ outcomes }: SeriesData): number =>
  Object.values(outcomes).reduce((sum, each) => sum + each, 0)
