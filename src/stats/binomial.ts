import { betaQuantile, regularizedBeta } from './beta.ts'

/** So many of so many; neither need be whole, as effective counts are not. */
export interface Share {
  readonly count: number
  readonly of: number
}

/**
 * The chance of at most `count` hits in `of` trials of chance `p`: P(X ≤ k) = I₁₋ₚ(n − k, k + 1).
 */
export function binomialAtMost({ count, of }: Share, p: number): number {
  if (count < 0) return 0
  return count >= of ? 1 : regularizedBeta(1 - p, of - count, count + 1)
}

/** The chance of at least `count` hits in `of` trials of chance `p`: P(X ≥ k) = Iₚ(k, n − k + 1). */
export function binomialAtLeast({ count, of }: Share, p: number): number {
  if (count <= 0) return 1
  return count > of ? 0 : regularizedBeta(p, count, of - count + 1)
}

/**
 * The exact bounds of a chance by Clopper and Pearson (Biometrika 26, 1934), each of which holds with
 * `confidence`: both together with `2 · confidence − 1`. The lower one is the chance at which so many
 * hits or more are just believable, the upper one that at which so few are.
 *
 * @param confidence of one side, 0.5–1
 */
export function binomialBounds(
  { count, of }: Share,
  confidence: number,
): { readonly lower: number; readonly upper: number } {
  return {
    lower: count <= 0 ? 0 : betaQuantile(1 - confidence, count, of - count + 1),
    upper: count >= of ? 1 : betaQuantile(confidence, count + 1, of - count),
  }
}
