/**
 * A quantile of a few exact samples by linear interpolation between the two next to its rank: type 7 of
 * Hyndman and Fan (1996), as tinybench, R and NumPy have it, so that all percentiles of one benchmark
 * are of one kind and in order.
 *
 * @param sorted ascending
 * @param ratio 0–1
 * @returns `undefined` without samples
 */
export function sampleQuantile(sorted: readonly number[], ratio: number): number | undefined {
  const rank = ratio * (sorted.length - 1)
  const [below, above] = [sorted[Math.floor(rank)], sorted[Math.ceil(rank)]]
  if (below === undefined || above === undefined) return undefined
  return below + (above - below) * (rank - Math.floor(rank))
}
