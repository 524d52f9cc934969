import { PERCENTILES, type Distribution } from '../metrics/distribution.ts'
import { quantile } from '../stats/histogram.ts'
import type { Ms, Percentile } from '../units/units.ts'

/**
 * Any percentile of a distribution out of a run file: the measured figure where there is one, else by the
 * kept shape, which is coarser, and never outside the measured figures on both sides of it.
 */
export function percentileAt(of: Distribution, percentile: Percentile): Ms | undefined {
  if (of.count === 0) return undefined
  const known = figuresOf(of)
  const exact = known.find(([at]) => at === percentile)
  if (exact !== undefined) return exact[1]
  const low = known.findLast(([at]) => at < percentile)?.[1] ?? -Infinity
  const high = known.find(([at]) => at > percentile)?.[1] ?? Infinity
  const found = quantile(of.histogram, percentile)
  return found === undefined ? undefined : Math.min(Math.max(found, low), high)
}

function figuresOf(of: Distribution): readonly (readonly [Percentile, Ms])[] {
  const figures: readonly (readonly [Percentile, Ms | undefined])[] = [
    [0, of.min],
    ...Object.entries(PERCENTILES).map(
      ([name, at]) => [at, of[name as keyof typeof PERCENTILES]] as const,
    ),
    [100, of.max],
  ]
  return figures.flatMap(([at, value]) => (value === undefined ? [] : [[at, value] as const]))
}
