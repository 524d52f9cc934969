/**
 * The buckets of the log-linear histogram: 1,024 of equal width in each power of two. A bucket is
 * named by the upper bits of the IEEE 754 double itself (exponent and ten bits of mantissa), so
 * finding it takes one shift: no logarithm, no rounding.
 *
 * A value is at most 1/2,048 (0.049 %) away from the middle of its bucket.
 */
const MANTISSA_BITS = 10
const SHIFT = 20 - MANTISSA_BITS
/** Buckets in one power of two, which is one page of the histogram. */
export const PAGE_SIZE = 1 << MANTISSA_BITS
/** From 2⁻¹⁰ (a thousandth) … */
const LEAST_EXPONENT = -10
/** … up to 2⁴³ (8.8 × 10¹²): a year in milliseconds, terabytes in bytes. */
const PAGES = 54
const BASE = (1023 + LEAST_EXPONENT) << MANTISSA_BITS
export const LAST_BUCKET = PAGES * PAGE_SIZE - 1

const double = new Float64Array(1)
const words = new Uint32Array(double.buffer)
const HIGH = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 1 : 0

/** The bucket of a value. Anything below 2⁻¹⁰ is in the first one, anything above 2⁴⁴ in the last. */
export function bucketOf(value: number): number {
  double[0] = value
  const index = ((words[HIGH] as number) >>> SHIFT) - BASE
  if (index <= 0 || value <= 0) return 0
  return index > LAST_BUCKET ? LAST_BUCKET : index
}

/** The middle of a bucket: what a quantile that falls into it is reported as. */
export function bucketMiddle(bucket: number): number {
  const low = bucketStart(bucket)
  return low + (bucketStart(bucket + 1) - low) / 2
}

/** The least value of a bucket. */
export function bucketStart(bucket: number): number {
  const exponent = Math.floor(bucket / PAGE_SIZE) + LEAST_EXPONENT
  return 2 ** exponent * (1 + (bucket % PAGE_SIZE) / PAGE_SIZE)
}
