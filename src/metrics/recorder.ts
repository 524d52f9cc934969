import type { Ms } from '../units/units.ts'
import { ArrivalCount, type ArrivalsData } from './arrivals.ts'
import { ErrorGroups, type ErrorGroup } from './error-groups.ts'
import type { FailureKind } from './outcome.ts'
import { OwnMetrics, type MetricSummary } from './own-metrics.ts'
import type { Failure, Sample } from './sample.ts'
import { joinSeries, type SeriesData } from './series-data.ts'
import { Series, type SeriesOptions } from './series.ts'
import { Timeline } from './timeline.ts'
import type { TokenFlow } from './token-flow.ts'

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
  /** Of an open load, which also keeps the service times. */
  readonly arrivals: ArrivalCount | undefined
  readonly #epoch: Ms
  readonly #timeline: Timeline
  readonly #series = new Map<string, Series>()
  readonly #iterations: Series
  readonly #ownFailures: Series
  readonly #errors = new ErrorGroups()
  /** Of the next phase: tokens of streams that began in this one may come there. */
  #next: Recorder | undefined

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
    const made = new Series(name, this.#timeline, {
      ...options,
      open: this.arrivals !== undefined,
      flow: this.#flowOf(name),
    })
    this.#series.set(name, made)
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

  /** Says that a phase is over, and what records the next. */
  followedBy(next: Recorder): void {
    this.#next = next
  }

  #flowOf(name: string): TokenFlow {
    return {
      until: (at) => {
        const { recorder, until } = this.#phaseOf(at)
        return Math.min(until, recorder.#timeline.endOf(at))
      },
      arrived: (at, tokens) => this.#phaseOf(at).recorder.#timeline.arrived(name, at, tokens),
    }
  }

  #phaseOf(at: Ms): { readonly recorder: Recorder; readonly until: Ms } {
    const next = this.#next
    const until = next === undefined ? Infinity : next.#epoch
    return next === undefined || at < until ? { recorder: this, until } : next.#phaseOf(at)
  }

  /** Notes that so many virtual users are active from now on. */
  users(active: number): void {
    this.#timeline.users(active)
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
