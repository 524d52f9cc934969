import { medianOf } from './shift.ts'

/** Around what value differences of pairs lie, and between what. */
export interface PairedShift {
  /** The median of the means of all two differences, each with itself too. */
  readonly shift: number
  readonly lower: number
  readonly upper: number
  /** What each end really has: ranks are whole, and few pairs do not reach every confidence. */
  readonly confidence: number
}

/** How likely it is by chance that differences lie so far above a value, or so far below it. */
export interface Beside {
  readonly above: number
  readonly below: number
}

/** The most pairs: their work grows with the third power. */
export const MOST_PAIRS = 400
/** Stands for a difference that is infinite, so that a mean of it with one of −∞ is one. */
const HUGE = 1e12

/**
 * The centre of Hodges and Lehmann for pairs (Annals of Mathematical Statistics 34, 1963) with the
 * interval that inverts the signed-rank test of Wilcoxon (Hollander & Wolfe, Nonparametric Statistical
 * Methods, §3.2–3.3): of the n(n + 1)/2 means in order the k-th and the k-th from the end, with the largest
 * k for which P(T < k) is at most 1 − `confidence`. A few wild pairs move it little, and pairs that are
 * infinitely far apart may be among them.
 *
 * @param confidence of each end by itself
 * @returns `undefined` without pairs, and for more than 400
 */
export function pairedShift(
  differences: readonly number[],
  confidence = 0.95,
): PairedShift | undefined {
  if (differences.length === 0 || differences.length > MOST_PAIRS) return undefined
  const means = walshAverages(differences)
  const chances = chancesOf(differences.length)
  let [rank, tail] = [1, chances(0)]
  while (rank < means.length / 2 && chances(rank) <= 1 - confidence) tail = chances(rank++)
  return {
    shift: unHuge(medianOf(means)),
    lower: unHuge(means[rank - 1] as number),
    upper: unHuge(means[means.length - rank] as number),
    confidence: 1 - tail,
  }
}

/**
 * The chances of differences that lie this far above a value (`above`), or below it, when they really lie
 * evenly about it: the one-sided signed-rank tests. Means that equal the value count half.
 */
export function besideOf(differences: readonly number[], value: number): Beside {
  const means = walshAverages(differences)
  const over = means.filter((mean) => mean > value).length
  const even = means.filter((mean) => mean === value).length / 2
  const chances = chancesOf(differences.length)
  const under = means.length - over - 2 * even
  return { above: chances(Math.floor(under + even)), below: chances(Math.floor(over + even)) }
}

/** The means of all two values, of each with itself too, in order. */
function walshAverages(values: readonly number[]): readonly number[] {
  const finite = values.map((value) => Math.max(-HUGE, Math.min(HUGE, value)))
  const means = finite.flatMap((left, at) => finite.slice(at).map((right) => (left + right) / 2))
  return means.toSorted((left, right) => left - right)
}

const unHuge = (value: number): number =>
  Math.abs(value) < HUGE / 4 ? value : value > 0 ? Infinity : -Infinity

/** P(T ≤ t) of the sum of the ranks of so many pairs whose signs are those of tossed coins. */
function chancesOf(pairs: number): (t: number) => number {
  const most = (pairs * (pairs + 1)) / 2
  const chances = new Float64Array(most + 1)
  chances[0] = 1
  for (let rank = 1, reached = 0; rank <= pairs; reached += rank++) {
    for (let sum = reached + rank; sum >= 0; sum--) {
      const without = chances[sum] as number
      chances[sum] = (without + (sum >= rank ? (chances[sum - rank] as number) : 0)) / 2
    }
  }
  for (let sum = 1; sum <= most; sum++)
    chances[sum] = (chances[sum] as number) + (chances[sum - 1] as number)
  return (t) => chances[Math.min(t, most)] as number
}
