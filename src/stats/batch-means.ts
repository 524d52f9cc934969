import { studentQuantile } from './student.ts'

/** A stretch of a run: the sum of something over so many. */
export interface Batch {
  readonly sum: number
  readonly count: number
}

/** A mean over batches, and how sure it is. */
export interface BatchMeans {
  readonly mean: number
  /** The variance of the mean, not of one value. */
  readonly variance: number
  /** Batches that hold something. */
  readonly batches: number
  /** How alike neighbouring batches are: −1 to 1. Far above 0, the batches are too short. */
  readonly lag: number
}

/**
 * The mean over batches in the order of time, with a variance that neighbouring values may depend on each
 * other in (Law & Kelton, Simulation Modeling and Analysis, §9.5): batches much longer than that
 * dependence are nearly independent. Batches of unlike sizes are weighed as a ratio (Cochran, Sampling
 * Techniques, §6.3): with e = sum − mean · count, the variance is B / (B − 1) · Σe² / n², which for like
 * sizes is s²_B / B.
 *
 * @returns `undefined` for fewer than two batches that hold something
 */
export function batchMeans(parts: readonly Batch[]): BatchMeans | undefined {
  const batches = parts.filter(({ count }) => count > 0)
  if (batches.length < 2) return undefined
  const count = batches.reduce((all, each) => all + each.count, 0)
  const mean = batches.reduce((all, each) => all + each.sum, 0) / count
  const rests = batches.map((each) => each.sum - mean * each.count)
  const squares = rests.reduce((all, rest) => all + rest * rest, 0)
  const products = rests.slice(1).reduce((all, rest, at) => all + rest * (rests[at] as number), 0)
  return {
    mean,
    variance: ((batches.length / (batches.length - 1)) * squares) / (count * count),
    batches: batches.length,
    lag: squares === 0 ? 0 : products / squares,
  }
}

/** The interval of a mean, mean ∓ t · √variance with batches − 1 degrees of freedom. */
export function meanInterval(
  { mean, variance, batches }: BatchMeans,
  confidence: number,
): { readonly lower: number; readonly upper: number } {
  const reach = studentQuantile((1 + confidence) / 2, batches - 1) * Math.sqrt(variance)
  return { lower: mean - reach, upper: mean + reach }
}

/**
 * By how much dependence widens a share: the variance of the share over the batches to that of as many
 * independent values, max(1, s²_B / (B · p(1 − p) / n)). A share of 0 or 1 tells nothing and gives 1.
 */
export function inflationOf(parts: readonly Batch[]): number {
  const means = batchMeans(parts)
  if (means === undefined) return 1
  const count = parts.reduce((all, each) => all + each.count, 0)
  const independent = (means.mean * (1 - means.mean)) / count
  return independent <= 0 ? 1 : Math.max(1, means.variance / independent)
}

/**
 * By how much dependence widens a share, with Student's quantile in place of the normal one: the fewer
 * batches, the less is known of their variance. 1 for batches that vary no more than chance.
 *
 * @param confidence of one side, above 0.5
 */
export function surelyInflated(parts: readonly Batch[], confidence: number): number {
  const inflation = inflationOf(parts)
  if (inflation === 1) return 1
  const batches = parts.filter(({ count }) => count > 0).length
  const student = studentQuantile(confidence, batches - 1)
  return inflation * (student / studentQuantile(confidence, Infinity)) ** 2
}

/**
 * What neighbours that are alike widen a variance by: (1 + r) / (1 − r), r their correlation. They show that
 * batches are still too short; that is what a series with a memory of one step takes.
 */
export function widenedBy(parts: readonly Batch[]): number {
  const lag = Math.min(Math.max(batchMeans(parts)?.lag ?? 0, 0), 0.9)
  return (1 + lag) / (1 - lag)
}

/** Joins stretches, in their order, to at most so many batches that hold about as many each. */
export function toBatches(stretches: readonly Batch[], most = 20): readonly Batch[] {
  const all = stretches.reduce((sum, { count }) => sum + count, 0)
  const batches = Array.from({ length: most }, () => ({ sum: 0, count: 0 }))
  let seen = 0
  for (const { sum, count } of stretches) {
    if (count === 0) continue
    const batch = batches[Math.floor(((seen + count / 2) / all) * most)] as (typeof batches)[number]
    batch.sum += sum
    batch.count += count
    seen += count
  }
  return batches.filter(({ count }) => count > 0)
}
