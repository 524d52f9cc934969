/**
 * P-values of several tests judged together, each corrected for their number by Holm's method
 * (Scandinavian Journal of Statistics 6, 1979): in rising order the i-th of m is multiplied by m + 1 − i,
 * is never below the one before it and never above 1. Calling a difference where the corrected value is
 * at most α makes a false call anywhere among them with chance α at most, however the tests depend on
 * each other.
 *
 * @param pValues 0–1
 * @returns in the order in which they were given
 */
export function holm(pValues: readonly number[]): number[] {
  const order = pValues.map((_, at) => at).toSorted((a, b) => (pValues[a] ?? 0) - (pValues[b] ?? 0))
  const adjusted = pValues.map(() => 0)
  let least = 0
  for (const [rank, at] of order.entries()) {
    least = Math.max(least, Math.min(1, (pValues[at] ?? 0) * (pValues.length - rank)))
    adjusted[at] = least
  }
  return adjusted
}
