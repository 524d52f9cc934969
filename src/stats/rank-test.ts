import { doubledRanks, waysOfSums } from './rank-sums.ts'

/** What a rank test found. */
export interface RankTest {
  /** Pairs of which the value of `head` is the larger one; equal ones count half. */
  readonly u: number
  /** The chance of a difference at least as large, either way, when both are of one distribution. */
  readonly p: number
}

/** The most values on both sides together: beyond, the ways to choose do not fit a double. */
const MOST = 56

/**
 * The exact test of Wilcoxon, Mann and Whitney, two-sided: the share of all ways to part the values into
 * two groups of these sizes whose rank sum lies as far out as the one that was found, the smaller tail
 * doubled. Equal values get their mean rank, and the ways are counted with them (no approximation).
 *
 * 3 against 3 cannot fall below p = 0.1, 4 against 4 not below 0.029, 5 against 5 not below 0.0079.
 *
 * @returns `undefined` without values on both sides, and for more than 56 together
 */
export function rankTest(base: readonly number[], head: readonly number[]): RankTest | undefined {
  if (base.length === 0 || head.length === 0 || base.length + head.length > MOST) return undefined
  const ranks = doubledRanks([...base, ...head])
  const sum = ranks.slice(base.length).reduce((all, rank) => all + rank, 0)
  const ways = waysOfSums(ranks, head.length)
  const all = ways.reduce((total, each) => total + each, 0)
  const low = ways.reduce((total, each, at) => total + (at <= sum ? each : 0), 0) / all
  const high = ways.reduce((total, each, at) => total + (at >= sum ? each : 0), 0) / all
  const least = (head.length * (head.length + 1)) / 2
  return { u: sum / 2 - least, p: Math.min(1, 2 * Math.min(low, high)) }
}
