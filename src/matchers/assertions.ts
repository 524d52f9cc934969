import type { LoadRun } from '../load/load-run.ts'
import type { BaselineOptions } from './baseline-options.ts'
import type { BytesRateInput } from '../units/bytes-rate.ts'
import type { SlopeOptions } from './slope.ts'
import type {
  BytesInput,
  DurationInput,
  Percentile,
  RateInput,
  RatioInput,
} from '../units/units.ts'
import type { GoodLimits, Limits } from '../limits/grammar.ts'
import type { RegressLimits } from '../limits/regress-limits.ts'
import type { VerdictOptions } from '../limits/verdict-options.ts'
import type { Distribution } from '../metrics/distribution.ts'
import type { OperationSummary } from '../metrics/summary.ts'
import type { CoresInput } from '../units/cores.ts'
import type { PercentileOptions } from './percentile.ts'
import type {
  AbSubject,
  CapacitySubject,
  CpuSubject,
  ErrorSubject,
  LatencySubject,
  MemorySubject,
  Operation,
  RetainedSubject,
  SuccessSubject,
  ThroughputSubject,
} from './subjects.ts'

/** What the compiler asks for in place of a limit when the subject is none of the matcher's. */
export interface WrongSubject<Takes extends string> {
  readonly thisMatcherTakes: Takes
}

/**
 * The limit's type for a subject of the right type. A subject of unknown type (`any`, asymmetric use)
 * is let through and checked at run time. The brackets refuse a union with a wrong member.
 */
type Limit<T, Subject, Input, Takes extends string> = unknown extends T
  ? Input
  : [T] extends [Subject]
    ? Input
    : WrongSubject<Takes>

type LatencyLimit<T> = Limit<
  T,
  LatencySubject,
  DurationInput,
  'a finished run, a request, iterations, a distribution (run.ttft), a timing metric or a bench result'
>
type ThroughputLimit<T> = Limit<
  T,
  ThroughputSubject,
  RateInput,
  'a finished run, a request, iterations or a bench result'
>
type SuccessLimit<T> = Limit<
  T,
  SuccessSubject,
  RatioInput,
  'a finished run, a request, iterations or a rate metric'
>
type ErrorLimit<T> = Limit<T, ErrorSubject, RatioInput, 'a finished run, a request or iterations'>
type GoodputLimit<T> = Limit<
  T,
  OperationSummary,
  RateInput,
  'a finished run, a request or iterations'
>
type MemoryLimit<T> = Limit<T, MemorySubject, BytesInput, 'run.memory or monitor.memory'>
type MeetLimits<T> = Limit<
  T,
  Operation | Distribution,
  Limits,
  'a finished run, a request, iterations or a distribution (run.ttft)'
>
type BaselineArguments<T> = unknown extends T
  ? BaselineCall
  : [T] extends [LoadRun]
    ? BaselineCall
    : readonly [WrongSubject<'a finished run'>]
type BaselineCall = readonly [name?: string | BaselineOptions, options?: BaselineOptions]
type SlopeLimit<T> = Limit<T, MemorySubject, BytesRateInput, 'run.memory or monitor.memory'>
type RetainedLimit<T> = Limit<T, RetainedSubject, BytesInput, 'what retained() gives'>
type RegressLimit<T> = Limit<T, AbSubject, RegressLimits, 'what load.compare gives'>
/** A number of users of a search of users, a rate of a search of rates. */
type SustainLimit<T> = unknown extends T
  ? RateInput
  : [T] extends [{ readonly kind: 'capacity'; readonly of: 'users' }]
    ? number
    : Limit<T, CapacitySubject, RateInput, 'what load.findCapacity gives'>
type CpuLimit<T> = Limit<T, CpuSubject, CoresInput, 'run.cpu or monitor.cpu'>

/**
 * The matchers. All are synchronous. All limits are inclusive: "below" is at most, "above" is at
 * least, so that an error rate of 0 and a success rate of 100 % can be asked for.
 *
 * Percentiles, means, rates and throughput are judged with a confidence, see `VerdictOptions`.
 *
 * Each throws a `UsageError`, under `.not` too, for a subject that it does not take, for a promise
 * that was not awaited, for a limit without a unit, and when nothing was measured.
 */
export interface PerfMatchers<R, T> {
  /** Half of the operations took at most `limit` ms; see `toHavePercentileBelow`. */
  toHaveP50Below: (limit: LatencyLimit<T>, options?: PercentileOptions) => R
  /** 90 % of the operations took at most `limit` ms; see `toHavePercentileBelow`. */
  toHaveP90Below: (limit: LatencyLimit<T>, options?: PercentileOptions) => R
  /** 95 % of the operations took at most `limit` ms; see `toHavePercentileBelow`. */
  toHaveP95Below: (limit: LatencyLimit<T>, options?: PercentileOptions) => R
  /** 99 % of the operations took at most `limit` ms; see `toHavePercentileBelow`. */
  toHaveP99Below: (limit: LatencyLimit<T>, options?: PercentileOptions) => R
  /**
   * `p` % of the operations took at most `limit` ms, `p` from 1 to 100. A failed operation counts as
   * infinitely slow; `{ of: 'successes' }` leaves failures out. By nearest rank, within 0.05 %; of a
   * bench result as tinybench states it, or interpolated (type 7) from its retained samples.
   */
  toHavePercentileBelow: (p: Percentile, limit: LatencyLimit<T>, options?: PercentileOptions) => R
  /** The mean of the successes is at most `limit` ms. */
  toHaveMeanBelow: (limit: LatencyLimit<T>, options?: VerdictOptions) => R
  /** The slowest success took at most `limit` ms. */
  toHaveMaxBelow: (limit: LatencyLimit<T>) => R
  /** At least `limit` successes per second of the judged time. */
  toHaveThroughputAbove: (limit: ThroughputLimit<T>, options?: VerdictOptions) => R
  /**
   * At least `rate` good requests per second of the judged time: those that began in it, succeeded, and hold
   * every one of `limits`, `{ ttft: '500ms', tpot: '40ms' }`. A request without one of these times holds it
   * not. `good / duration`. @see DistServe (OSDI '24); vLLM's, aiperf's and guidellm's goodput are the same, but
   * that vLLM takes a TPOT of 0 for an answer of one token
   */
  toHaveGoodputAbove: (rate: GoodputLimit<T>, limits: GoodLimits, options?: VerdictOptions) => R
  /** At least this share of the completed operations succeeded: `'99%'` or 0.99. */
  toHaveSuccessRateAbove: (limit: SuccessLimit<T>, options?: VerdictOptions) => R
  /** At most this share of the completed operations failed: `'1%'` or 0.01. */
  toHaveErrorRateBelow: (limit: ErrorLimit<T>, options?: VerdictOptions) => R
  /** Memory grew by at most `limit` bytes from the start to the end. Takes two samples. */
  toHaveGrowthBelow: (limit: MemoryLimit<T>) => R
  /** Memory was never above `limit` bytes. */
  toHavePeakBelow: (limit: MemoryLimit<T>) => R
  /**
   * Memory grows by at most so many bytes per second, `'1MB/min'`: the slope of Theil and Sen after the warm-up
   * (`options.warmUp`, the first third unless it is said). Not proven where the time was too short.
   * Growth is no leak by itself: a runtime's heap may grow for minutes. Takes 10 samples.
   */
  toHaveSlopeBelow: (limit: SlopeLimit<T>, options?: SlopeOptions) => R
  /**
   * Memory has levelled off: by its slope there, it rose by at most `limit` bytes in the last third. A rise in less
   * than 5 minutes is no proof that it goes on. Takes 10 samples in the last third.
   */
  toHavePlateauWithin: (limit: MemoryLimit<T>, options?: VerdictOptions) => R
  /**
   * Each request leaves at most `limit` bytes in the memory of the service, by collections of its garbage:
   * `await retained({}, () => load(…))`. Not proven where the rounds had too few requests.
   */
  toHaveRetainedBelow: (limit: RetainedLimit<T>, options?: VerdictOptions) => R
  /** On average at most so many cores were busy: 0.8, or `'80%'` of one core, `'250%'`. */
  toHaveCpuBelow: (limit: CpuLimit<T>) => R
  /**
   * All limits of one object are met: `{ p95: '300ms', errorRate: '1%', checkout: { p95: '1s' } }`. Every
   * one is judged; a request that did not occur and a figure without samples are errors.
   */
  toMeet: (limits: MeetLimits<T>, options?: VerdictOptions) => R
  /** All limits that were given to the load are met. */
  toMeetLimits: (options?: VerdictOptions) => R
  /**
   * The run is not worse than its baseline, by more than the tolerance: earlier runs of the same load on the
   * same kind of machine, kept in `__perf__/` beside the test, written when there is none yet (but not in a
   * CI) and updated by `vitest -u`. Judged on runs, `load({ repeats: 5 })`; what cannot be judged is reported.
   */
  toMatchBaseline: (...nameAndOptions: BaselineArguments<T>) => R
  /**
   * `head` is not worse than `base` by more than this: `{ p95: '5%', each: { p95: '10%' } }`, of times and
   * rates as a share of `base`, of error rates in points. It fails when it is surely worse, by the signed-rank
   * test of Wilcoxon on the pairs of blocks, corrected by Holm where there are several limits. What is not
   * proven passes, is marked, and says how much more would be needed; `{ onInconclusive: 'fail' }` fails.
   */
  toNotRegress: (limits: RegressLimit<T>, options?: VerdictOptions) => R
  /**
   * The load was sustained: the lower end of the capacity's interval is at least this, `'400/s'` or a number of
   * users.
   */
  toSustain: (load: SustainLimit<T>) => R
}

declare module 'vitest' {
  interface Matchers<R, T> extends PerfMatchers<R, T> {}
}
