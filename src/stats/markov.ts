/** Values without which it is not used: a first request is often a cold one. */
const LEAST_VALUES = 5

/**
 * Whether a mean of values that are never negative lies surely above `limit`, however they are distributed
 * and however much they depend on each other: by Markov's inequality, P(x̄ ≥ a) ≤ μ / a, a mean of
 * `limit / (1 − confidence)` and more comes with a chance of 1 − `confidence` at most where the truth is
 * within the limit. At 95 % that is 20 times the limit; of a share that may be 5 %, it is all of them.
 *
 * It is coarse, and takes neither many values nor stretches to compare.
 */
export function surelyAbove(
  { mean, values }: { readonly mean: number; readonly values: number },
  limit: number,
  confidence: number,
): boolean {
  return values >= LEAST_VALUES && mean > 0 && mean * (1 - confidence) >= limit * (1 - 1e-9)
}
