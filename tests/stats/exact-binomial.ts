/**
 * P(X ≤ k) of a binomial whose chance is `hits / per`, as a sum of whole numbers: the plain definition, to
 * check the code that goes another way.
 */
export function exactAtMost(
  count: number,
  of: number,
  [hits, per]: readonly [number, number],
): number {
  let [ways, sum] = [1n, 0n]
  for (let k = 0; k <= count; k++) {
    sum += ways * BigInt(hits) ** BigInt(k) * BigInt(per - hits) ** BigInt(of - k)
    ways = (ways * BigInt(of - k)) / BigInt(k + 1)
  }
  const scale = 10n ** 18n
  return Number((sum * scale) / BigInt(per) ** BigInt(of)) / 1e18
}
