import { PERCENTILES } from '../metrics/distribution.ts'
import { surelyInflated, toBatches } from '../stats/batch-means.ts'
import { quantile } from '../stats/histogram.ts'
import { LEAST_BATCHES } from '../stats/judge-share.ts'
import type { Ms, Percentile, Ratio } from '../units/units.ts'
import { exceedances, intervalOf, type TimedValues } from './prove-percentile.ts'

/** Between what a percentile lies; an end that is not known is missing. */
export interface PercentileInterval {
  readonly low?: Ms | undefined
  readonly high?: Ms | 'never' | undefined
}

/** Of each percentile that is reported. */
export type PercentileIntervals = Readonly<
  Partial<Record<keyof typeof PERCENTILES, PercentileInterval>>
>

/** What intervals are reported with. Each end holds with it. */
export const REPORTED: Ratio = 0.95

/**
 * The intervals of all percentiles that are reported, without any assumption on the distribution, widened
 * for values that depend on each other. `undefined` for fewer than five seconds.
 */
export function percentileIntervals(values: TimedValues): PercentileIntervals | undefined {
  const known = Object.entries(PERCENTILES).flatMap(([name, percentile]) => {
    const interval = intervalAt(values, percentile)
    return interval === undefined ? [] : [[name, interval] as const]
  })
  return known.length === 0 ? undefined : Object.fromEntries(known)
}

function intervalAt(values: TimedValues, percentile: Percentile): PercentileInterval | undefined {
  const found = quantile(values.histogram, percentile)
  if (found === undefined) return undefined
  const batches = toBatches(exceedances(values, found))
  if (batches.length < LEAST_BATCHES) return undefined
  const count = batches.reduce((sum, each) => sum + each.count, 0)
  const effective = count / surelyInflated(batches, REPORTED)
  const interval = intervalOf(values, percentile, { confidence: REPORTED, effective })
  return Object.keys(interval).length === 0 ? undefined : interval
}
