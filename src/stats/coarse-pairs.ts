/** The coarsest that makes sense: one bucket for each power of two. */
export const COARSEST = 10

/** Makes `2 ** bits` neighbours of `[bucket, count, …]` pairs the one in their middle. */
export function coarsePairs(pairs: readonly number[], bits: number): number[] {
  const coarse: number[] = []
  for (let at = 0; at < pairs.length; at += 2) {
    const bucket = coarseBucket(pairs[at] as number, bits)
    const count = pairs[at + 1] as number
    const last = coarse.length - 2
    if (coarse[last] === bucket) coarse[last + 1] = (coarse[last + 1] as number) + count
    else coarse.push(bucket, count)
  }
  return coarse
}

/** The bucket that stands for one and its neighbours. */
export const coarseBucket = (bucket: number, bits: number): number =>
  bits === 0 ? bucket : ((bucket >> bits) << bits) + (1 << (bits - 1))
