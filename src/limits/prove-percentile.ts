import { courseOf, type TimedWindow } from '../metrics/course.ts'
import type { Distribution } from '../metrics/distribution.ts'
import type { Batch } from '../stats/batch-means.ts'
import { binomialAtLeast } from '../stats/binomial.ts'
import { countAbove, quantile, type HistogramData } from '../stats/histogram.ts'
import { quantileInterval } from '../stats/quantile-interval.ts'
import type { Ms, Percentile, Ratio } from '../units/units.ts'
import type { Proof } from './proof.ts'
import { proveShare } from './prove-share.ts'

/** The values of an operation, and how they came in the course of its run. */
export interface TimedValues {
  readonly histogram: HistogramData
  readonly timeline: readonly TimedWindow[]
  /** Whether failures are among the values, as infinitely slow. */
  readonly failures: boolean
  /** More that never got an answer, of which no window knows: cut off at the end, dropped. */
  readonly never: number
}

/**
 * The values of a distribution; `undefined` where their course is not known.
 *
 * @param cutOff how many the end of the run cut off after they were surely too slow
 */
export function timedValues(
  values: Distribution,
  { failures, cutOff }: { readonly failures: boolean; readonly cutOff: number },
): TimedValues | undefined {
  const { course, histogram, failed, dropped } = values
  if (course === undefined) return undefined
  const timeline = courseOf(course)
  if (!failures) return { histogram, timeline, failures, never: 0 }
  // Of a name that was not known to stream when it began to fail.
  const unplaced = failed - timeline.reduce((sum, window) => sum + window.failed, 0)
  return { histogram, timeline, failures, never: dropped + cutOff + Math.max(0, unplaced) }
}

/** What is asked of a percentile. */
export interface PercentileQuestion {
  readonly percentile: Percentile
  readonly limit: Ms
  /** Of one side. */
  readonly confidence: Ratio
}

/**
 * The proof that a percentile is at most its limit, or more: of all values at most 1 − p may lie above
 * the limit. How far values depend on each other is taken from those above the limit and from those above
 * the percentile itself, whichever shows more.
 *
 * @returns `undefined` for the slowest of all (p100), which is a fact of the run
 */
export function provePercentile(
  values: TimedValues,
  { percentile, limit, confidence }: PercentileQuestion,
): Proof | undefined {
  const allowed = Number((1 - percentile / 100).toPrecision(12))
  const found = quantile(values.histogram, percentile, beyondOf(values))
  if (allowed <= 0 || found === undefined) return undefined
  const above = exceedances(values, limit)
  const proof = proveShare(above, {
    allowed,
    confidence,
    alike: [exceedances(values, found)],
  })
  if (proof === undefined) return undefined
  const { low: _low, high: _high, ...rest } = proof
  const [beyond, all] = [sumOf(above, 'sum'), sumOf(above, 'count')]
  const clumped =
    proof.status === 'inconclusive' &&
    binomialAtLeast({ count: beyond, of: all }, allowed) < 1 - confidence
  const ends = intervalOf(values, percentile, proof)
  if (proof.status === 'inconclusive' && beyond === 0 && isFar(ends.high, limit)) {
    return { ...rest, status: 'pass', needs: undefined, beyond, ...ends }
  }
  return { ...rest, beyond, ...(clumped && { clumped }), ...ends }
}

/**
 * A percentile needs ten independent values beyond it to be told from its limit. Where none of all lies beyond
 * the limit and the interval ends at a tenth of it, there is nothing to tell apart.
 */
const isFar = (high: Ms | 'never' | undefined, limit: Ms): boolean =>
  typeof high === 'number' && high * 10 <= limit

const sumOf = (batches: readonly Batch[], of: keyof Batch): number =>
  batches.reduce((sum, each) => sum + each[of], 0)

/** Values of each window, and how many lie above the limit. What no window knows came last. */
export function exceedances(
  { timeline, failures, never }: TimedValues,
  limit: Ms,
): readonly Batch[] {
  const windows = timeline.map(({ latency, failed }) => {
    const lost = failures ? failed : 0
    return { sum: countAbove(latency, limit) + lost, count: latency.count + lost }
  })
  const last = windows.findLastIndex(({ count }) => count > 0)
  return windows.map(({ sum, count }, at) =>
    at === last ? { sum: sum + never, count: count + never } : { sum, count },
  )
}

/** Between what a percentile lies: each end with the confidence of the proof. */
export function intervalOf(
  values: TimedValues,
  percentile: Percentile,
  { confidence, effective, short }: Pick<Proof, 'confidence' | 'effective' | 'short'>,
): Pick<Proof, 'low' | 'high'> {
  if (short !== undefined) return {}
  const { lower, upper } = quantileInterval(values.histogram, percentile, {
    confidence: 2 * confidence - 1,
    beyond: beyondOf(values),
    ...(effective !== undefined && { effective }),
  })
  return {
    ...(lower !== undefined && Number.isFinite(lower) && { low: lower }),
    ...(upper !== undefined && { high: Number.isFinite(upper) ? upper : 'never' }),
  }
}

/** Values known only to be larger than all others. */
export const beyondOf = ({ timeline, failures, never }: TimedValues): number =>
  never + (failures ? timeline.reduce((sum, { failed }) => sum + failed, 0) : 0)
