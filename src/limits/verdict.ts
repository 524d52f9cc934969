import type { BandName } from './check.ts'
import type { Proof } from './proof.ts'

/** What a limit is measured in: milliseconds, bytes, per second, 0–1, cores (1 is one core busy), bytes per second, users. */
export type VerdictUnit = 'ms' | 'bytes' | '/s' | 'ratio' | 'cores' | 'bytes/s' | 'users'

/** Limits are inclusive, so that an error rate of at most 0 can be met. */
export type Operator = 'at most' | 'at least'

/** A measured figure beside its limit. */
export interface Comparison {
  /** What was measured, as a reader says it: `p95 latency of chat`. */
  readonly subject: string
  /** The figure's name in the grammar of limits: `p95`, `throughput`, `errorRate`. */
  readonly metric: string
  readonly operator: Operator
  readonly limit: number
  readonly unit: VerdictUnit
  /** `Infinity` is an answer that never came; `undefined` is that nothing was measured. */
  readonly measured: number | undefined
  /** How many values the figure is of. */
  readonly samples: number
  /** What makes the figure doubtful: too few samples. */
  readonly note?: string | undefined
  /** How sure it is; missing where it cannot be told. */
  readonly proof?: Proof | undefined
  /** It had to be proven, whatever the point estimate says. */
  readonly strict?: boolean | undefined
  /** Title of the run, where it is known. */
  readonly run?: string | undefined
}

/** Of a comparison with a baseline, whose `measured` and `limit` are changes: 0.1 is a tenth more. */
export interface BaselineFacts {
  /** `new`, `updated`: it was written; `absent`: it might not be. */
  readonly state: 'judged' | 'not judged' | 'not comparable' | 'new' | 'updated' | 'absent'
  readonly unit: 'ms' | '/s'
  /** Medians of the runs; missing where there are none. */
  readonly before?: number | undefined
  readonly now?: number | 'never' | undefined
  /** How many of the baseline, and how many now. */
  readonly runs: readonly [before: number, now: number]
  /** Corrected for the number of comparisons. */
  readonly p?: number | undefined
}

/** A limit and how it was met, as plain data for the run file. */
export interface Verdict extends Omit<Comparison, 'measured'> {
  readonly status: 'pass' | 'fail'
  /** `'never'`: infinitely slow, which JSON has no number for. Missing when nothing was measured. */
  readonly measured: number | 'never' | undefined
  /** The test asked for the opposite (`.not`); `status` has taken it into account. */
  readonly negated: boolean
  /** How well it was met, where the limit has bands. */
  readonly band?: BandName | undefined
  readonly baseline?: BaselineFacts | undefined
}

/** True when the figure is within its limit; a figure that is missing or NaN never is. */
export function isMet({ operator, limit, measured }: Comparison): boolean {
  if (measured === undefined) return false
  return operator === 'at most' ? measured <= limit : measured >= limit
}

/**
 * Whether what a test says of a figure holds: that it is within its limit or, negated, that it is not. One
 * that had to be proven and is not holds neither way.
 */
export function holds(comparison: Comparison, negated: boolean): boolean {
  const { measured, proof, strict = false } = comparison
  if (measured === undefined || Number.isNaN(measured)) return false
  if (strict && proof?.status === 'inconclusive') return false
  return isMet(comparison) !== negated
}

/** The verdict on one comparison. Nothing measured is a fail, also when negated. */
export function judge(comparison: Comparison, negated = false): Verdict {
  const { measured } = comparison
  const known = measured !== undefined && !Number.isNaN(measured)
  return {
    ...comparison,
    status: holds(comparison, negated) ? 'pass' : 'fail',
    measured: measured === Infinity ? 'never' : known ? measured : undefined,
    negated,
  }
}
