import { medianOf } from './shift.ts'
import { studentQuantile } from './student.ts'

/** A straight line's slope, and between what it lies. */
export interface Slope {
  /** The median of the slopes of all pairs of points. */
  readonly slope: number
  readonly lower: number
  readonly upper: number
}

/** A point of a course. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** Beyond, evenly spread points stand for all: the pairs would be more than 500,000. */
const MOST_POINTS = 1_000

/**
 * The slope of Theil and Sen: it bears 29 % of wild points. The interval is Sen's (Journal of the American
 * Statistical Association 63, 1968): of the N slopes in order those at (N ∓ C) / 2, with
 * C = z · √(n(n − 1)(2n + 5) / 18), the spread of Kendall's S without ties; good from about 10 points on.
 * It takes the points' errors to be independent; `inflation` is by how much more S varies when they are not.
 *
 * @returns `undefined` for fewer than two different x
 */
export function theilSen(
  points: readonly Point[],
  confidence = 0.95,
  inflation = 1,
): Slope | undefined {
  const some = thinned(points)
  const slopes = some
    .flatMap((right, at) =>
      some
        .slice(0, at)
        .filter((left) => left.x !== right.x)
        .map((left) => (right.y - left.y) / (right.x - left.x)),
    )
    .toSorted((left, right) => left - right)
  if (slopes.length === 0) return undefined
  const n = some.length
  const z = studentQuantile((1 + confidence) / 2, Infinity)
  const spread = z * Math.sqrt((inflation * n * (n - 1) * (2 * n + 5)) / 18)
  const low = Math.max(Math.round((slopes.length - spread) / 2) - 1, 0)
  const high = Math.min(Math.round((slopes.length + spread) / 2), slopes.length - 1)
  return {
    slope: medianOf(slopes),
    lower: slopes[low] as number,
    upper: slopes[high] as number,
  }
}

function thinned(points: readonly Point[]): readonly Point[] {
  if (points.length <= MOST_POINTS) return points
  const step = (points.length - 1) / (MOST_POINTS - 1)
  return Array.from({ length: MOST_POINTS }, (_, at) => points[Math.round(at * step)] as Point)
}
