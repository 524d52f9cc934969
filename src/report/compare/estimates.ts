import { REPORTED, type PercentileInterval } from '../../limits/percentile-intervals.ts'
import type { OperationRecord } from '../../run-file/operation-record.ts'
import { batchMeans, meanInterval, surelyInflated, toBatches } from '../../stats/batch-means.ts'
import type { Estimate } from '../../stats/difference.ts'
import { LEAST_BATCHES } from '../../stats/judge-share.ts'
import type { WidenedShare } from '../../stats/share-difference.ts'
import type { Ms, Ratio } from '../../units/units.ts'

/** Each end of every interval holds with it. */
export const CONFIDENCE: Ratio = REPORTED

/** A percentile of the latency between the ends that the run itself has found for it. */
export function latencyEstimate(
  { latency, intervals }: OperationRecord,
  name: 'p50' | 'p95' | 'p99',
): Estimate | undefined {
  const value = latency?.[name]
  return value === undefined ? undefined : { value, ...endsOf(intervals?.[name]) }
}

/** An answer that never came is an end that is not known. */
const endsOf = ({ low, high }: PercentileInterval = {}): Pick<Estimate, 'lower' | 'upper'> => ({
  lower: low,
  upper: high === 'never' ? undefined : high,
})

/** The p95 of the time to the first token; an older file does not say between what it lies. */
export function ttftEstimate({ ttft }: OperationRecord): Estimate | undefined {
  const value = ttft?.p95
  return value === undefined ? undefined : { value, ...endsOf(ttft?.intervals?.p95) }
}

/** Of both ends together. */
const BOTH = 2 * CONFIDENCE - 1

/** What an operation did in one stretch of its run. */
export interface Counts {
  readonly ok: number
  readonly failed: number
  readonly width: Ms
}

/** Failures of completed requests, widened as they come in clumps; `undefined` of too short a run. */
export function failuresOf(
  { count, failed }: OperationRecord,
  course: readonly Counts[],
): WidenedShare | undefined {
  const batches = toBatches(
    course.map((each) => ({ sum: each.failed, count: each.ok + each.failed })),
  )
  if (batches.length < LEAST_BATCHES || count === 0) return undefined
  return { count: failed, of: count, inflation: surelyInflated(batches, CONFIDENCE) }
}

/** Successes per second, and between what the stretches of the run leave it. */
export function throughputEstimate(
  { throughput: value }: OperationRecord,
  course: readonly Counts[],
): Estimate | undefined {
  if (value === undefined) return undefined
  const batches = course.map(({ ok, width }) => ({ sum: ok, count: width / 1_000 }))
  const means = batches.length < LEAST_BATCHES ? undefined : batchMeans(batches)
  if (means === undefined) return { value, lower: undefined, upper: undefined }
  const { lower, upper } = meanInterval(means, BOTH)
  // Idle stretches are left out of the course: only the width of the interval is taken from it.
  return {
    value,
    lower: Math.max(0, value + lower - means.mean),
    upper: value + upper - means.mean,
  }
}
