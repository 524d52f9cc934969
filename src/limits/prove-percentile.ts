import type { Window } from '../metrics/timeline.ts'
import type { Batch } from '../stats/batch-means.ts'
import { countAbove, quantile, type HistogramData } from '../stats/histogram.ts'
import { quantileInterval } from '../stats/quantile-interval.ts'
import type { Ms, Percentile, Ratio } from '../units/units.ts'
import type { Proof } from './proof.ts'
import { proveShare } from './prove-share.ts'

/** The values of an operation, and how they came in the course of its run. */
export interface TimedValues {
  readonly histogram: HistogramData
  readonly timeline: readonly Window[]
  /** Whether failures are among the values, as infinitely slow. */
  readonly failures: boolean
  /** More that never got an answer, of which no window knows: cut off at the end, dropped. */
  readonly never: number
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
  const found = quantile(values.histogram, percentile, beyond(values))
  if (allowed <= 0 || found === undefined) return undefined
  const proof = proveShare(exceedances(values, limit), {
    allowed,
    confidence,
    alike: [exceedances(values, found)],
  })
  if (proof === undefined) return undefined
  const { low: _low, high: _high, ...rest } = proof
  return { ...rest, ...intervalOf(values, percentile, proof) }
}

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
    beyond: beyond(values),
    ...(effective !== undefined && { effective }),
  })
  return {
    ...(lower !== undefined && Number.isFinite(lower) && { low: lower }),
    ...(upper !== undefined && { high: Number.isFinite(upper) ? upper : 'never' }),
  }
}

/** Values known only to be larger than all others. */
const beyond = ({ timeline, failures, never }: TimedValues): number =>
  never + (failures ? timeline.reduce((sum, { failed }) => sum + failed, 0) : 0)
