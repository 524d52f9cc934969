import { bucketMiddle } from './bucket.ts'
import type { HistogramData } from './histogram.ts'

/** How values spread about their mean. */
export interface Moments {
  /** m₂ = Σ(x − x̄)² / n. */
  readonly variance: number
  /** m₃ / m₂^1.5: 0 for what is symmetric, 2 for an exponential distribution; 0 when all are alike. */
  readonly skewness: number
}

/** The moments of a histogram, each value taken for the middle of its bucket. */
export function momentsOf({ count, sum, buckets }: HistogramData): Moments {
  const mean = count === 0 ? 0 : sum / count
  let [second, third] = [0, 0]
  for (let at = 0; at < buckets.length; at += 2) {
    const off = bucketMiddle(buckets[at] as number) - mean
    const share = (buckets[at + 1] as number) / count
    second += share * off * off
    third += share * off * off * off
  }
  return { variance: second, skewness: second === 0 ? 0 : third / second ** 1.5 }
}
