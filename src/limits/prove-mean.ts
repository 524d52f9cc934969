import type { Window } from '../metrics/timeline.ts'
import {
  batchMeans,
  meanInterval,
  toBatches,
  type Batch,
  type BatchMeans,
} from '../stats/batch-means.ts'
import type { HistogramData } from '../stats/histogram.ts'
import { LEAST_BATCHES, roundedUp } from '../stats/judge-share.ts'
import { momentsOf } from '../stats/moments.ts'
import type { Ratio } from '../units/units.ts'
import type { Proof } from './proof.ts'
import type { Operator } from './verdict.ts'

/** A limit of a mean. */
export interface MeanQuestion {
  readonly operator: Operator
  readonly limit: number
  /** Of one side. */
  readonly confidence: Ratio
}

/** What happens one time in twenty has then been seen ten times: as many as a p95 takes. */
const LEAST_VALUES = 200

/**
 * The proof of a mean time of the successes. A mean of few and skewed values is not normal: it takes 200
 * effective values and 25 times their skewness squared (Cochran, Sampling Techniques, §2.15).
 */
export function proveMean(
  { timeline, histogram }: { timeline: readonly Window[]; histogram: HistogramData },
  question: MeanQuestion,
): Proof | undefined {
  const batches = toBatches(
    timeline.map(({ latency }) => ({ sum: latency.sum, count: latency.count })),
  )
  const means = widenedMeans(batches)
  if (means === undefined) return shortOf(batches, question)
  const { count } = histogram
  const { variance, skewness } = momentsOf(histogram)
  const inflation = variance === 0 ? 1 : (means.variance * count) / variance
  const least = Math.max(LEAST_VALUES, 25 * skewness ** 2)
  return judgeMean(means, question, { count, inflation, least })
}

/**
 * The proof of so many successes per second, which takes 200 effective ones: their number is divided by how
 * much more it varies than that of independent arrivals (Poisson's, whose variance is their number). A
 * second in which nothing at all happened has no window; it counts to the one before.
 */
export function proveThroughput(
  timeline: readonly Window[],
  question: MeanQuestion,
): Proof | undefined {
  // The last window is cut short by the end of the run, and holds what ended after it.
  const stretches = timeline.slice(0, -1).map(({ ok, at, width }, index) => {
    const next = timeline[index + 1]?.at ?? at + width
    return { sum: ok, count: (next - at) / 1_000 }
  })
  const batches = toBatches(stretches)
  const means = widenedMeans(batches)
  if (means === undefined) return shortOf(batches, question)
  const seconds = batches.reduce((sum, { count }) => sum + count, 0)
  const count = batches.reduce((sum, batch) => sum + batch.sum, 0)
  const inflation = count === 0 ? 1 : (means.variance * seconds ** 2) / count
  return judgeMean(means, question, { count, inflation, least: LEAST_VALUES })
}

/**
 * Batch means. Neighbours that are alike show that batches are still too short: (1 + r) / (1 − r) widens
 * the variance, r their correlation (that of a series with a memory of one step).
 */
function widenedMeans(batches: readonly Batch[]): BatchMeans | undefined {
  const means = batches.length < LEAST_BATCHES ? undefined : batchMeans(batches)
  if (means === undefined) return undefined
  const lag = Math.min(Math.max(means.lag, 0), 0.9)
  return { ...means, variance: (means.variance * (1 + lag)) / (1 - lag) }
}

/** What a mean rests on. */
interface Ground {
  readonly count: number
  readonly inflation: number
  /** Effective values without which nothing is said. */
  readonly least: number
}

/** The verdict from Student's interval, each end with the confidence. */
function judgeMean(
  means: BatchMeans,
  { operator, limit, confidence }: MeanQuestion,
  { count, inflation, least }: Ground,
): Proof {
  const { lower: low, upper: high } = meanInterval(means, 2 * confidence - 1)
  const widened = Math.max(1, inflation)
  const proof = { confidence, low, high, effective: Math.floor(count / widened) }
  const enough = count / widened >= least
  if (enough && (operator === 'at most' ? high <= limit : low >= limit)) {
    return { status: 'pass', ...proof }
  }
  if (enough && (operator === 'at most' ? low > limit : high < limit)) {
    return { status: 'fail', ...proof }
  }
  const needs = enough ? undefined : roundedUp(least * widened)
  return { status: 'inconclusive', ...proof, ...(needs !== undefined && { needs }) }
}

const shortOf = (batches: readonly Batch[], { confidence }: MeanQuestion): Proof | undefined =>
  batches.length === 0
    ? undefined
    : { status: 'inconclusive', confidence, needs: LEAST_VALUES, short: LEAST_BATCHES }
