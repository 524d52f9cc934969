import type { HistogramData } from './histogram.ts'

/** The sum of two lists of `[bucket, count, …]` pairs in rising order; `times` −1 takes the right one off. */
export function addPairs(left: readonly number[], right: readonly number[], times = 1): number[] {
  const sum: number[] = []
  let [at, other] = [0, 0]
  while (at < left.length || other < right.length) {
    const [here, there] = [left[at] ?? Infinity, right[other] ?? Infinity]
    let count = 0
    if (here <= there) count += left[at + 1] as number
    if (there <= here) count += (right[other + 1] as number) * times
    if (count !== 0) sum.push(Math.min(here, there), count)
    if (here <= there) at += 2
    if (there <= here) other += 2
  }
  return sum
}

/** What came to a histogram since it was as it was before; its range is that of all of it. */
export function lessHistogram(now: HistogramData, before: HistogramData): HistogramData {
  if (before.count === 0) return now
  const { min, max } = now
  const [count, sum] = [now.count - before.count, now.sum - before.sum]
  return { count, sum, min, max, buckets: addPairs(now.buckets, before.buckets, -1) }
}
