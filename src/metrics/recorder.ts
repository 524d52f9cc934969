import type { Ms } from '../units/units.ts'
import { ArrivalCount, type ArrivalsData } from './arrivals.ts'
import { Checks, type CheckSummary } from './checks.ts'
import { ErrorGroups, type ErrorGroup } from './error-groups.ts'
import type { FailureKind } from './outcome.ts'
import { OwnMetrics, type MetricSummary } from './own-metrics.ts'
import type { Failure, Sample } from './sample.ts'
import { joinSeries, type SeriesData } from './series-data.ts'
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
  readonly checks: readonly CheckSummary[]
  /** Stretches of iterations that the scenario times as one: in no figure of the run. */
  readonly groups: readonly SeriesData[]
  /** Only of an open load. */
  readonly arrivals: ArrivalsData | undefined
}

/** An error that ended an iteration and that no operation had recorded. */
export interface IterationFailure {
  readonly kind: FailureKind
  readonly message: string
  /** No operation failed in the iteration either (an SDK turns a recorded 503 into its own error). */
  readonly own: boolean
  describe(): Failure
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
  /** Of an open load, which also keeps the service times. */
  readonly arrivals: ArrivalCount | undefined
  readonly #epoch: Ms
  readonly #timeline: Timeline
  readonly #series = new Map<string, Series>()
  readonly #groups = new Map<string, Series>()
  readonly #iterations: Series
  readonly #ownFailures: Series
  readonly #errors = new ErrorGroups()

  constructor(epoch: Ms, { open = false } = {}) {
    this.#epoch = epoch
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
      return known
    }
    const made = this.#made(name, options)
    this.#series.set(name, made)
    return made
  }

  /** The series of a group, made at its first use. */
  group(name: string): Series {
    const known = this.#groups.get(name)
    if (known !== undefined) return known
    const made = this.#made(name)
    this.#groups.set(name, made)
    return made
  }

  /** Records an iteration; `failure` is given when what ended it is no operation's error. */
  iteration(sample: Sample, failure?: IterationFailure): void {
    this.#iterations.record(sample)
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

  /** All that was recorded until `now`. */
  data(now: Ms): Recorded {
    this.#timeline.roll(now)
    const all = [...this.#series.values()]
    const counted = all.filter((series) => !series.part)
    const bare = counted.length === 0
    const judged = bare ? [this.#iterations] : [...counted, this.#ownFailures]
    const whole = judged.map((series) => series.data())
    return {
      operations: all.map((series) => series.data()),
      iterations: this.#iterations.data(),
      whole: joinSeries(
        bare ? 'all iterations' : 'all requests',
        whole,
        this.#timeline.windows(judged),
      ),
      ownFailures: bare ? 0 : countOf(this.#ownFailures),
      errors: this.#errors.data(this.#epoch),
      metrics: this.metrics.data(),
      checks: this.checks.data(),
      groups: [...this.#groups.values()].map((series) => series.data()),
      arrivals: this.arrivals?.data(),
    }
  }

  #made(name: string, options?: SeriesOptions): Series {
    return new Series(name, this.#timeline, { ...options, open: this.arrivals !== undefined })
  }
}

const countOf = (series: Series): number =>
  Object.values(series.data().outcomes).reduce((sum, each) => sum + each, 0)
