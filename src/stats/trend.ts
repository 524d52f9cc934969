import { theilSen } from './theil-sen.ts'
import type { Point, Slope } from './theil-sen.ts'

/** Beyond, nothing is known of how far a course remembers. */
const MOST_ALIKE = 0.9

/**
 * The slope of Theil and Sen of a course whose neighbours are alike, with an interval as much wider as the
 * rests of a line with a memory of one step vary more: (1 + r) / (1 − r), r their correlation (Hamed & Rao,
 * Journal of Hydrology 204, 1998). Of n points it comes out too small by (1 + 4r) / n on average (Kendall,
 * Biometrika 41, 1954), which is added.
 */
export function trend(points: readonly Point[], confidence?: number): Slope | undefined {
  const line = theilSen(points)
  if (line === undefined) return undefined
  const alike = likenessOf(points.map(({ x, y }) => y - line.slope * x))
  const r = Math.min(Math.max(alike + (1 + 4 * alike) / points.length, 0), MOST_ALIKE)
  return theilSen(points, confidence, (1 + r) / (1 - r))
}

/** The correlation of neighbours, −1 to 1; 0 of values that are all the same. */
function likenessOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const rests = values.map((value) => value - mean)
  const squares = rests.reduce((sum, rest) => sum + rest * rest, 0)
  const products = rests.slice(1).reduce((sum, rest, at) => sum + rest * (rests[at] as number), 0)
  return squares === 0 ? 0 : products / squares
}
