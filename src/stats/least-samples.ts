/**
 * The least number of independent samples from which a percentile has an upper bound at all: the
 * slowest of n lies above it with chance 1 − pⁿ, so n = ⌈ln(α) / ln(p)⌉. One-sided at 95 %: 59 for p95,
 * 299 for p99, 2,995 for p99.9; with two sides 72, 368 and 3,688.
 *
 * @param percentile above 0, below 100
 * @param confidence 0–1
 */
export function leastSamples(percentile: number, confidence: number, sides: 1 | 2 = 1): number {
  const alpha = (1 - confidence) / sides
  return Math.ceil(Number((Math.log(alpha) / Math.log(percentile / 100)).toPrecision(12)))
}
