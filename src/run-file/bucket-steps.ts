import { coarsePairs, COARSEST } from '../stats/coarse-pairs.ts'

/**
 * The buckets of a histogram as a file keeps them. Each number is the step to the next bucket in use,
 * counted from −1. A positive step leads to a bucket that holds one value; a negative one to a bucket
 * that holds as many as the number after it says: `[5, 1, 9, 4]` (pairs) is `[6, -4, 4]`.
 */
export type BucketSteps = readonly number[]

/**
 * Packs `[bucket, count, …]` pairs. More than `most` of them are first made coarser: two, four, eight …
 * neighbours become the one in their middle, as often as it takes.
 */
export function packBuckets(pairs: readonly number[], most: number): BucketSteps {
  let kept = pairs
  for (let bits = 1; kept.length > most * 2 && bits <= COARSEST; bits++)
    kept = coarsePairs(pairs, bits)
  return toSteps(kept)
}

/** The pairs again. */
export function unpackBuckets(steps: BucketSteps): number[] {
  const pairs: number[] = []
  let bucket = -1
  for (let at = 0; at < steps.length; at++) {
    const step = steps[at] as number
    bucket += Math.abs(step)
    if (step < 0) at++
    pairs.push(bucket, step < 0 ? (steps[at] as number) : 1)
  }
  return pairs
}

function toSteps(pairs: readonly number[]): number[] {
  const steps: number[] = []
  let before = -1
  for (let at = 0; at < pairs.length; at += 2) {
    const [bucket, count] = [pairs[at] as number, pairs[at + 1] as number]
    if (count === 1) steps.push(bucket - before)
    else steps.push(before - bucket, count)
    before = bucket
  }
  return steps
}
