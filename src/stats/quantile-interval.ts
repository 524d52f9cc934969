import { bucketOf, bucketStart } from './bucket.ts'
import { binomialAtLeast, binomialAtMost } from './binomial.ts'
import type { HistogramData } from './histogram.ts'

/** Ranks, from 1, of the samples between which a quantile lies; a side without a bound is missing. */
export interface RankInterval {
  readonly lower: number | undefined
  readonly upper: number | undefined
}

/**
 * Ranks l and u with P(x₍l₎ ≤ quantile ≤ x₍u₎) ≥ `confidence`, whatever the distribution: the number of
 * samples below the quantile is binomial, so each side leaves out at most half of 1 − `confidence`
 * (Hahn & Meeker, Statistical Intervals, §5.2; Le Boudec, Performance Evaluation, §2.2).
 *
 * @param percentile above 0, below 100
 * @param samples independent ones
 */
export function quantileRanks(
  samples: number,
  percentile: number,
  confidence: number,
): RankInterval {
  const p = percentile / 100
  const tail = (1 - confidence) / 2
  // The largest l with P(X < l) ≤ tail, and the least u with P(X ≥ u) ≤ tail.
  const below = lastTrue(samples, (l) => binomialAtMost({ count: l - 1, of: samples }, p) <= tail)
  const inside = lastTrue(samples, (u) => binomialAtLeast({ count: u, of: samples }, p) > tail)
  return {
    lower: below === 0 ? undefined : below,
    upper: inside >= samples ? undefined : inside + 1,
  }
}

/** The last rank from 1 to `most` for which something holds that holds up to a rank; 0 for none. */
function lastTrue(most: number, holds: (rank: number) => boolean): number {
  let [yes, no] = [0, most + 1]
  while (no - yes > 1) {
    const middle = Math.floor((yes + no) / 2)
    if (holds(middle)) yes = middle
    else no = middle
  }
  return yes
}

/** Where a quantile lies; a missing side is not known, and `Infinity` an answer that never came. */
export interface QuantileInterval {
  readonly lower: number | undefined
  readonly upper: number | undefined
}

/**
 * The interval of a quantile from a histogram: the outer edges of the buckets that hold both ranks, so
 * that the width of a bucket (0.1 %) never makes it too narrow.
 *
 * @param data the samples
 * @param percentile above 0, below 100
 * @param options.beyond values known only to be larger than all others
 * @param options.effective how many independent samples they are worth; all of them by default
 */
export function quantileInterval(
  data: HistogramData,
  percentile: number,
  options: { readonly confidence: number; readonly beyond?: number; readonly effective?: number },
): QuantileInterval {
  const total = data.count + (options.beyond ?? 0)
  const worth = Math.floor(Math.min(options.effective ?? total, total))
  if (worth < 1) return { lower: undefined, upper: undefined }
  const { lower, upper } = quantileRanks(worth, percentile, options.confidence)
  const scale = total / worth
  return {
    lower: lower && edgeOf(data, Math.max(1, Math.floor(lower * scale)), 'low'),
    upper: upper && edgeOf(data, Math.min(total, Math.ceil(upper * scale)), 'high'),
  }
}

/** The edge of the bucket that holds a rank, never outside the exact minimum and maximum. */
function edgeOf({ count, min, max, buckets }: HistogramData, rank: number, side: Side): number {
  if (rank > count) return Infinity
  let seen = 0
  for (let at = 0; at < buckets.length; at += 2) {
    seen += buckets[at + 1] as number
    if (seen < rank) continue
    const bucket = buckets[at] as number
    if (side === 'low') return Math.max(bucketStart(bucket), min ?? 0)
    return bucket === bucketOf(max ?? 0) ? (max ?? 0) : bucketStart(bucket + 1)
  }
  return max ?? Infinity
}

type Side = 'low' | 'high'
