import { PERCENTILES, type Distribution } from '../metrics/distribution.ts'
import { surelyInflated, toBatches } from '../stats/batch-means.ts'
import { quantile } from '../stats/histogram.ts'
import { LEAST_BATCHES } from '../stats/judge-share.ts'
import type { Ms, Percentile, Ratio } from '../units/units.ts'
import {
  beyondOf,
  exceedances,
  intervalOf,
  timedValues,
  type TimedValues,
} from './prove-percentile.ts'

/** Between what a percentile lies; an end that is not known is missing. */
export interface PercentileInterval {
  readonly low?: Ms | undefined
  readonly high?: Ms | 'never' | undefined
  /** How many independent values its samples are worth. Absent from older files. */
  readonly effective?: number | undefined
}

/** Of each percentile that is reported. */
export type PercentileIntervals = Readonly<
  Partial<Record<keyof typeof PERCENTILES, PercentileInterval>>
>

/** What intervals are reported with. Each end holds with it. */
export const REPORTED: Ratio = 0.95

/**
 * The intervals of all percentiles that a distribution reports, without any assumption on how it is
 * distributed, widened for values that depend on each other. `undefined` for fewer than five seconds, and where
 * the course is not known.
 */
export function percentileIntervals(values: Distribution): PercentileIntervals | undefined {
  const timed = timedValues(values, { failures: false, cutOff: 0 })
  if (timed === undefined || timed.histogram.count === 0) return undefined
  const known = Object.entries(PERCENTILES).flatMap(([name, percentile]) => {
    const interval = percentileInterval(timed, percentile)
    return interval === undefined ? [] : [[name, interval] as const]
  })
  return known.length === 0 ? undefined : Object.fromEntries(known)
}

/** The interval of one percentile; `undefined` where the samples do not give any end of it. */
export function percentileInterval(
  values: TimedValues,
  percentile: Percentile,
): PercentileInterval | undefined {
  const found = quantile(values.histogram, percentile, beyondOf(values))
  if (found === undefined || percentile >= 100) return undefined
  const batches = toBatches(exceedances(values, found))
  if (batches.length < LEAST_BATCHES) return undefined
  const count = batches.reduce((sum, each) => sum + each.count, 0)
  const effective = count / surelyInflated(batches, REPORTED)
  const interval = intervalOf(values, percentile, { confidence: REPORTED, effective })
  if (Object.keys(interval).length === 0) return undefined
  return { ...interval, effective: Math.floor(effective) }
}
