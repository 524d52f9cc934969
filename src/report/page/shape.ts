import { bucketMiddle, bucketStart, bucketOf } from '../../stats/bucket.ts'
import { quantile, type HistogramData } from '../../stats/histogram.ts'
import type { Curve, Outlines, Shape } from './charted.ts'
import { shortened } from './short.ts'

/** The shape of one distribution, and beside it that of a baseline. */
export function shapeOf(own: HistogramData, baseline?: HistogramData): Shape | undefined {
  if (own.count === 0) return undefined
  const all = baseline === undefined || baseline.count === 0 ? [own] : [own, baseline]
  return { histogram: outlinesOf(all), curves: all.map(curveOf) }
}

/** Where values spread over more than this factor, bins grow with them. */
const WIDE = 4
const LEAST_BINS = 8
const MOST_BINS = 44

/** Histograms on bins that they share, as many as the values of the largest can fill (Rice's rule). */
export function outlinesOf(histograms: readonly HistogramData[]): Outlines {
  const low = Math.max(0.001, Math.min(...histograms.map(({ min = Infinity }) => min)))
  const high = Math.max(low * 1.01, ...histograms.map(({ max = 0 }) => max))
  const most = Math.max(...histograms.map(({ count }) => count))
  const resolved = (high - low) / (2 * widthOfBucket(high))
  const wished = Math.min(2 * Math.cbrt(most), MOST_BINS, Math.max(1, resolved))
  const bins = Math.max(LEAST_BINS, Math.round(wished))
  const edges = Array.from({ length: bins + 1 }, (_, at) => edgeAt(at / bins, low, high))
  return {
    edges: edges.map(shortened),
    shares: histograms.map((each) => sharesOf(each, edges)),
  }
}

const edgeAt = (part: number, low: number, high: number): number =>
  high / low > WIDE ? low * (high / low) ** part : low + (high - low) * part

function widthOfBucket(value: number): number {
  const bucket = bucketOf(value)
  return bucketStart(bucket + 1) - bucketStart(bucket)
}

function sharesOf({ buckets, count }: HistogramData, edges: readonly number[]): number[] {
  const bins = edges.length - 1
  const counts = Array.from({ length: bins }, () => 0)
  let bin = 0
  for (let at = 0; at < buckets.length; at += 2) {
    const value = bucketMiddle(buckets[at] as number)
    while (bin < bins - 1 && value >= (edges[bin + 1] as number)) bin++
    counts[bin] = (counts[bin] as number) + (buckets[at + 1] as number)
  }
  return counts.map((each) => shortened(each / count))
}

/** Steps in a nine: enough for a smooth line. */
const STEPS = 8

/** Percentiles as far as there are values for them, and the maximum. */
function curveOf(histogram: HistogramData): Curve {
  const nines = Math.log10(histogram.count)
  const points: [number, number][] = []
  for (let at = 0; at / STEPS < nines; at++) {
    const percentile = 100 * (1 - 10 ** (-at / STEPS))
    points.push([at / STEPS, shortened(quantile(histogram, percentile) ?? 0)])
  }
  return [...points, [shortened(nines), shortened(histogram.max ?? 0)]]
}
