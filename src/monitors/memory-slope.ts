import { theilSen } from '../stats/theil-sen.ts'
import type { Point, Slope } from '../stats/theil-sen.ts'
import type { Ms } from '../units/units.ts'
import type { MemorySummary } from './memory-track.ts'

/** How fast memory grows, in bytes per second, and between what that lies. */
export interface MemorySlope extends Slope {
  /** What was looked at, since the monitor started. */
  readonly from: Ms
  readonly to: Ms
}

/** Fewer points have no interval that could be trusted. */
const LEAST_POINTS = 10
/** Samples that follow each other are alike: the means of so many stretches are not. */
const STRETCHES = 20

/**
 * The slope after the warm-up, which is the first third unless it is said: caches, pools and the heap of
 * a runtime fill up, and that is no growth that lasts. Of a service that was restarted, since then.
 */
export function memorySlope(
  { series, restarts }: Pick<MemorySummary, 'series' | 'restarts'>,
  warmUp?: Ms,
): MemorySlope | undefined {
  const born = restarts?.at(-1)?.at ?? 0
  const to = series.at(-1)?.at ?? 0
  const from = born + (warmUp ?? (to - born) / 3)
  const points = series.filter(({ at }) => at >= from)
  if (points.length < LEAST_POINTS) return undefined
  const slope = theilSen(stretchMeans(points, { from, to }))
  return slope === undefined ? undefined : { ...slope, from, to }
}

/**
 * How long it has to be watched after the warm-up for the interval to leave out the limit. It narrows with
 * the time to the power of 1.5, when samples come as often as before. `undefined` when the limit is the
 * slope itself.
 */
export function timeNeeded({ slope, lower, upper, from, to }: MemorySlope, limit: number): Ms {
  const half = (upper - lower) / 2
  const gap = Math.abs(limit - slope)
  return (to - from) * Math.max(1, half / gap) ** (2 / 3)
}

function stretchMeans(
  series: readonly { readonly at: Ms; readonly value: number }[],
  { from, to }: { readonly from: Ms; readonly to: Ms },
): readonly Point[] {
  const width = (to - from) / STRETCHES
  const groups = Map.groupBy(series, ({ at }) =>
    Math.min(STRETCHES - 1, Math.floor((at - from) / width)),
  )
  return [...groups.values()].map((group) => ({
    x: mean(group.map(({ at }) => at)) / 1_000,
    y: mean(group.map(({ value }) => value)),
  }))
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length
