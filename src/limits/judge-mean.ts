import {
  batchMeans,
  meanInterval,
  widenedBy,
  type Batch,
  type BatchMeans,
} from '../stats/batch-means.ts'
import { LEAST_BATCHES, roundedUp } from '../stats/judge-share.ts'
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
export const LEAST_VALUES = 200

/** Batch means, widened for neighbours that are alike. */
export function widenedMeans(batches: readonly Batch[]): BatchMeans | undefined {
  const means = batches.length < LEAST_BATCHES ? undefined : batchMeans(batches)
  if (means === undefined) return undefined
  return { ...means, variance: means.variance * widenedBy(batches) }
}

/** What is sure by its distance alone. */
type Beyond = 'pass' | 'fail' | undefined

/** What a mean rests on. */
interface Ground {
  readonly count: number
  /** How many there were, or would be at the limit, if that is more. */
  readonly due: number
  readonly inflation: number
  /** Effective values without which it is not said. */
  readonly least: { readonly pass: number; readonly fail: number }
  readonly beyond: Beyond
}

/** The verdict from Student's interval, each end with the confidence. */
export function judgeMean(
  means: BatchMeans,
  { operator, limit, confidence }: MeanQuestion,
  { count, due, inflation, least, beyond }: Ground,
): Proof {
  const { lower: low, upper: high } = meanInterval(means, 2 * confidence - 1)
  const widened = Math.max(1, inflation)
  const proof = { confidence, low, high, effective: Math.floor(count / widened) }
  const met = operator === 'at most' ? high <= limit : low >= limit
  const missed = operator === 'at most' ? low > limit : high < limit
  const enough = (values: number): boolean => due / widened >= values
  if (beyond !== undefined) return { status: beyond, ...proof }
  if (met && enough(least.pass)) return { status: 'pass', ...proof }
  if (missed && enough(least.fail)) return { status: 'fail', ...proof }
  const wanted = means.mean > limit ? least.fail : least.pass
  const needs = enough(wanted) ? undefined : roundedUp(wanted * widened)
  return { status: 'inconclusive', ...proof, ...(needs !== undefined && { needs }) }
}

export function shortOf(
  batches: readonly Batch[],
  { confidence }: MeanQuestion,
  beyond: Beyond,
): Proof | undefined {
  if (batches.length === 0) return undefined
  if (beyond !== undefined) return { status: beyond, confidence }
  return { status: 'inconclusive', confidence, needs: LEAST_VALUES, short: LEAST_BATCHES }
}
