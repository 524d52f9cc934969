import { bucketMiddle } from '../stats/bucket.ts'
import type { HistogramData } from '../stats/histogram.ts'

/**
 * How values are distributed, in steps of 5 %: first the number k of the lowest step that holds any
 * (1.05ᵏ to 1.05ᵏ⁺¹ milliseconds), then how many each step holds from there on. Small enough for a file
 * that people look at; percentiles are kept beside it as they were measured.
 */
export type CoarseShape = readonly number[]

const STEP = Math.log(1.05)

export function coarseShape({ buckets }: HistogramData): CoarseShape {
  const counts = new Map<number, number>()
  for (let at = 0; at < buckets.length; at += 2) {
    const step = Math.floor(Math.log(bucketMiddle(buckets[at] as number)) / STEP)
    counts.set(step, (counts.get(step) ?? 0) + (buckets[at + 1] as number))
  }
  if (counts.size === 0) return []
  const [least, most] = [Math.min(...counts.keys()), Math.max(...counts.keys())]
  const steps = Array.from({ length: most - least + 1 }, (_, at) => counts.get(least + at) ?? 0)
  return [least, ...steps]
}
