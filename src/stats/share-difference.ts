import { binomialAtLeast, binomialAtMost, binomialBounds } from './binomial.ts'
import { differenceOf, type Difference, type Estimate } from './difference.ts'

/** Hits of so many values, and by how much values that depend on each other widen what is known of it. */
export interface WidenedShare {
  readonly count: number
  readonly of: number
  /** At least 1. */
  readonly inflation: number
}

/** A share with the bounds of Clopper and Pearson, of as many independent values as these are worth. */
export function shareEstimate(share: WidenedShare, confidence: number): Estimate {
  const { lower, upper } = binomialBounds(effective(share), confidence)
  return { value: share.of === 0 ? 0 : share.count / share.of, lower, upper }
}

/** By how much a share lies above another. */
export const shareDifference = (
  base: WidenedShare,
  head: WidenedShare,
  confidence: number,
): Difference => differenceOf(shareEstimate(base, confidence), shareEstimate(head, confidence))

/**
 * The chance of hits so unevenly spread over both, either way, when their shares are the same: given all
 * hits, those of `head` are binomial with its part of the values (the conditional test of Przyborowski &
 * Wilenski, Biometrika 31, 1940), the smaller tail doubled. It holds for few hits and for none.
 */
export function shareChance(base: WidenedShare, head: WidenedShare): number {
  const [before, after] = [effective(base), effective(head)]
  const hits = before.count + after.count
  const part = after.of / (before.of + after.of)
  if (hits === 0 || !(part > 0) || part >= 1) return 1
  const share = { count: after.count, of: hits }
  return Math.min(1, 2 * Math.min(binomialAtMost(share, part), binomialAtLeast(share, part)))
}

const effective = ({ count, of, inflation }: WidenedShare): { count: number; of: number } => ({
  count: count / inflation,
  of: of / inflation,
})
