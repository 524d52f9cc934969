/**
 * P-values adjusted for being several, by Holm's step-down (Scandinavian Journal of Statistics 6, 1979):
 * the i-th smallest of m counts m − i + 1 times, none less than the one before it, none more than 1. Whoever
 * rejects what stays below α is wrong in any of them with a chance of at most α, however they depend on
 * each other.
 *
 * @returns in the order of `pValues`
 */
export function holm(pValues: readonly number[]): number[] {
  const adjusted = pValues.map(() => 0)
  const order = pValues.map((p, at) => ({ p, at })).toSorted((left, right) => left.p - right.p)
  let least = 0
  for (const [rank, { p, at }] of order.entries()) {
    least = Math.min(1, Math.max(least, p * (pValues.length - rank)))
    adjusted[at] = least
  }
  return adjusted
}
