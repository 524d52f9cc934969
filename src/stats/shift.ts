import { waysOfSums } from './rank-sums.ts'

/** By how much `head` lies above `base`, and between what. */
export interface Shift {
  /** The median of all differences of a value of `head` and one of `base`. */
  readonly shift: number
  readonly lower: number
  readonly upper: number
  /** What the interval really has: ranks are whole, and few values do not reach every confidence. */
  readonly confidence: number
}

const MOST = 56

/**
 * The shift of Hodges and Lehmann (Annals of Mathematical Statistics 34, 1963) with the interval that
 * inverts the exact rank test (Hollander & Wolfe, Nonparametric Statistical Methods, §4.2–4.3): of the m·n
 * differences in order the k-th and the k-th from the end, with the largest k for which the tails of U
 * below k hold at most 1 − `confidence`. Of logarithms it is a ratio.
 *
 * @returns `undefined` without values on both sides, and for more than 56 together
 */
export function hodgesLehmann(
  base: readonly number[],
  head: readonly number[],
  confidence = 0.95,
): Shift | undefined {
  if (base.length === 0 || head.length === 0 || base.length + head.length > MOST) return undefined
  const differences = head
    .flatMap((value) => base.map((other) => value - other))
    .toSorted((left, right) => left - right)
  const { rank, tail } = rankOf(base.length, head.length, (1 - confidence) / 2)
  return {
    shift: medianOf(differences),
    lower: differences[rank - 1] as number,
    upper: differences[differences.length - rank] as number,
    confidence: 1 - 2 * tail,
  }
}

/** The largest k ≥ 1 with P(U < k) ≤ `most`, and that chance; 1 when even that is too much. */
function rankOf(base: number, head: number, most: number): { rank: number; tail: number } {
  const ranks = Array.from({ length: base + head }, (_, at) => at + 1)
  const least = (head * (head + 1)) / 2
  const ways = waysOfSums(ranks, head).slice(least)
  const all = ways.reduce((sum, each) => sum + each, 0)
  let [rank, tail] = [1, (ways[0] as number) / all]
  for (; ; rank++) {
    const next = tail + (ways[rank] ?? 0) / all
    if (next > most || rank >= (base * head) / 2) return { rank, tail }
    tail = next
  }
}

/** @param sorted at least one value, ascending */
export function medianOf(sorted: readonly number[]): number {
  const middle = sorted.length / 2
  const low = sorted[Math.ceil(middle) - 1] as number
  return (low + (sorted[Math.floor(middle)] as number)) / 2
}
