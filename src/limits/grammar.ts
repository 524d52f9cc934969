import type { BytesRateInput } from '../units/bytes-rate.ts'
import type { CoresInput } from '../units/cores.ts'
import type { BytesInput, DurationInput, RateInput, RatioInput } from '../units/units.ts'

/**
 * Several figures for one limit. The loosest one is the limit; the others name how well it was met:
 * `excellent`, `good` and `acceptable` up to their figure, `warning` beyond its own.
 */
export interface Bands<T> {
  readonly excellent?: T | undefined
  readonly good?: T | undefined
  readonly acceptable?: T | undefined
  readonly warning?: T | undefined
  readonly critical?: T | undefined
}

/** A limit, with bands or without. All limits are inclusive. */
export type Bound<T> = T | Bands<T>

/** Limits of times: at most so many milliseconds. A percentile counts failures as infinitely slow. */
export interface TimeLimits {
  readonly p50?: Bound<DurationInput> | undefined
  readonly p75?: Bound<DurationInput> | undefined
  readonly p90?: Bound<DurationInput> | undefined
  readonly p95?: Bound<DurationInput> | undefined
  readonly p99?: Bound<DurationInput> | undefined
  readonly p999?: Bound<DurationInput> | undefined
  readonly mean?: Bound<DurationInput> | undefined
  readonly max?: Bound<DurationInput> | undefined
}

/**
 * What one request must hold to be a good one. Several hold together: a request that is within one and
 * beyond another is no good one.
 */
export interface GoodLimits {
  readonly latency?: DurationInput | undefined
  readonly ttfb?: DurationInput | undefined
  readonly ttft?: DurationInput | undefined
  readonly ttfo?: DurationInput | undefined
  readonly ttst?: DurationInput | undefined
  readonly tpot?: DurationInput | undefined
  readonly ttct?: DurationInput | undefined
}

/** At least so many good requests per second. */
export interface GoodputLimits extends GoodLimits {
  readonly rate: Bound<RateInput>
}

/** Limits of one request, of a group of them, or of a run. */
export interface OperationLimits extends TimeLimits {
  readonly ttfb?: TimeLimits | undefined
  /** Time to the first token of a stream, to its first text to read, from its first token to the second. */
  readonly ttft?: TimeLimits | undefined
  readonly ttfo?: TimeLimits | undefined
  readonly ttst?: TimeLimits | undefined
  /** Time to the end of a stream, between two reads with a token, per output token. */
  readonly ttct?: TimeLimits | undefined
  readonly gap?: TimeLimits | undefined
  readonly tpot?: TimeLimits | undefined
  /** From `session.stop()` to the end of the stream that it stopped. */
  readonly stopLatency?: TimeLimits | undefined
  /** At most this share failed. */
  readonly errorRate?: Bound<RatioInput> | undefined
  /** At least this share succeeded. */
  readonly successRate?: Bound<RatioInput> | undefined
  /** At least so many successes per second. */
  readonly throughput?: Bound<RateInput> | undefined
  /** At least so many tokens arrived per second of the judged time. */
  readonly tokensPerSecond?: Bound<RateInput> | undefined
  /** At least so many requests per second that succeeded and hold each of these. */
  readonly goodput?: GoodputLimits | undefined
}

/** Limits of a request or of a group of them. */
export interface GroupLimits extends OperationLimits {
  /** What the group leaves out: names, patterns (`'* /docs*'`) or tags (`'#slow'`). */
  readonly exclude?: readonly string[] | undefined
}

/** Limits of the memory of the service under test. */
export interface MemoryLimits {
  readonly growth?: Bound<BytesInput> | undefined
  readonly peak?: Bound<BytesInput> | undefined
  /** After the warm-up, the first third: `'1MB/min'`. */
  readonly slope?: Bound<BytesRateInput> | undefined
  /** At most this rise in the last third. */
  readonly plateau?: Bound<BytesInput> | undefined
}

/**
 * The one grammar of limits: those of the run as a whole, and under the name of a request (or a
 * pattern: `'GET /orders*'`, or a tag: `'#read'`, whose requests are judged together) those of that.
 */
export interface Limits extends OperationLimits {
  readonly memory?: MemoryLimits | undefined
  readonly cpu?: Bound<CoresInput> | undefined
  readonly [request: string]:
    | GoodputLimits
    | GroupLimits
    | MemoryLimits
    | Bound<DurationInput>
    | Bound<RatioInput>
    | Bound<RateInput>
    | Bound<CoresInput>
    | undefined
}
