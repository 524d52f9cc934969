import type { Point, Slope } from '../stats/theil-sen.ts'
import { trend } from '../stats/trend.ts'
import type { Ms, Ratio } from '../units/units.ts'
import type { MemorySummary } from './memory-track.ts'

/** How fast memory grows, in bytes per second, and between what that lies. */
export interface MemorySlope extends Slope {
  /** What was looked at, since the monitor started. */
  readonly from: Ms
  readonly to: Ms
  /** How long it was watched, what was left out at the start included. */
  readonly watched: Ms
}

export interface SlopeSettings {
  /** What is left out at the start: a time, or the share of what was watched. Default: the first third. */
  readonly warmUp?: Ms | undefined
  readonly leftOut?: Ratio
  /** Of each end of the interval. Default: 0.95. */
  readonly confidence?: Ratio
}

/** Fewer points have no interval that could be trusted. */
const LEAST_POINTS = 10
/** Samples that follow each other are alike: the means of so many stretches are less so. */
const STRETCHES = 20

/**
 * The slope after the warm-up: caches, pools and the heap of a runtime fill up, and that is no growth that
 * lasts. Of a service that was restarted, since then.
 */
export function memorySlope(
  { series, restarts }: Pick<MemorySummary, 'series' | 'restarts'>,
  { warmUp, leftOut = 1 / 3, confidence = 0.95 }: SlopeSettings = {},
): MemorySlope | undefined {
  const born = restarts?.at(-1)?.at ?? series[0]?.at ?? 0
  const to = series.at(-1)?.at ?? 0
  const watched = to - born
  const from = born + (warmUp ?? watched * leftOut)
  const points = series.filter(({ at }) => at >= from)
  if (points.length < LEAST_POINTS) return undefined
  const slope = trend(stretchMeans(points, { from, to }), 2 * confidence - 1)
  return slope === undefined ? undefined : { ...slope, from, to, watched }
}

/**
 * How long it has to be watched for the interval to leave out the limit. It narrows with the time to the
 * power of 1.5, when samples come as often as before; infinite when the limit is the slope itself.
 */
export function timeNeeded({ slope, lower, upper, watched }: MemorySlope, limit: number): Ms {
  const half = (upper - lower) / 2
  const gap = Math.abs(limit - slope)
  return watched * Math.max(1.1, half / gap) ** (2 / 3)
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
