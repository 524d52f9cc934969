/** Ranks from 1 in the order of the values, doubled so that the mean rank of equal ones is whole. */
export function doubledRanks(values: readonly number[]): number[] {
  const order = values
    .map((_, at) => at)
    .toSorted((a, b) => valueAt(values, a) - valueAt(values, b))
  const ranks = values.map(() => 0)
  for (let from = 0, to = 0; from < order.length; from = to) {
    const value = valueAt(values, order[from])
    while (to < order.length && valueAt(values, order[to]) === value) to++
    for (const at of order.slice(from, to)) ranks[at] = from + 1 + to
  }
  return ranks
}

const valueAt = (values: readonly number[], at: number | undefined): number =>
  values[at as number] as number

/**
 * In how many ways `size` of the ranks have each sum: `ways[sum]`, by adding one rank after the other.
 * Exact up to 2⁵³ ways, which is 28 of 56.
 */
export function waysOfSums(ranks: readonly number[], size: number): readonly number[] {
  const most = ranks.reduce((sum, rank) => sum + rank, 0)
  const ways = Array.from({ length: size + 1 }, () => new Float64Array(most + 1))
  const first = ways[0] as Float64Array
  first[0] = 1
  for (const rank of ranks) {
    for (let chosen = size; chosen >= 1; chosen--) {
      const [from, into] = [ways[chosen - 1] as Float64Array, ways[chosen] as Float64Array]
      for (let sum = most; sum >= rank; sum--) {
        into[sum] = (into[sum] as number) + (from[sum - rank] as number)
      }
    }
  }
  return [...(ways[size] as Float64Array)]
}
