import { surelyInflated, widenedBy, type Batch } from './batch-means.ts'
import { binomialBounds } from './binomial.ts'
import { surelyAbove } from './markov.ts'
import { studentQuantile } from './student.ts'

/** What is known of a share that may be at most so large. */
export interface ShareJudgement {
  readonly status: 'pass' | 'fail' | 'inconclusive'
  /** How many independent values these are worth; missing with fewer than five batches. */
  readonly effective?: number
  /** Of the share, each with the confidence; missing as well. */
  readonly bounds?: { readonly lower: number; readonly upper: number }
  /** How many would settle it, were they as these are; missing when it is settled, or none would. */
  readonly needs?: number
}

/** How a share is judged. */
export interface ShareRule {
  /** The most that the share may be, above 0, below 1. */
  readonly allowed: number
  /** Of one side, above 0.5. */
  readonly confidence: number
  /** Other shares of the same values, whose dependence counts as well. */
  readonly alike?: readonly (readonly Batch[])[]
  /** Neighbouring batches that are alike widen it, too: where nothing else shows the dependence. */
  readonly neighbours?: true
}

/** Batches without which nothing is known of dependence. */
export const LEAST_BATCHES = 5
/** Hits that there must be, or would be at the limit, before anything is said. */
const LEAST_HITS = 10

/**
 * Whether a share lies surely below what is allowed, surely above, or neither. Hits and values are
 * divided by the widest inflation of their batches; the bounds are Clopper and Pearson's. With fewer than
 * five batches, or fewer than ten effective hits (those found, or those allowed, whichever are more), it
 * is left open: few hits that come in clumps look surer than they are. But for a share so far above what is
 * allowed that no dependence explains it (Markov's inequality): that is surely above, however few there are.
 *
 * @param batches in the order of time: hits in `sum`, values in `count`
 */
export function judgeShare(batches: readonly Batch[], rule: ShareRule): ShareJudgement {
  const { allowed, confidence, alike = [], neighbours = false } = rule
  const of = batches.reduce((all, batch) => all + batch.count, 0)
  const count = batches.reduce((all, batch) => all + batch.sum, 0)
  const inflations = [batches, ...alike].map((each) => surelyInflated(each, confidence))
  const inflation = Math.max(1, ...inflations) * (neighbours ? widenedBy(batches) : 1)
  const effective = of / inflation
  const enough = Math.max(count, allowed * of) / inflation >= LEAST_HITS - 1e-9
  const long = batches.length >= LEAST_BATCHES
  const bounds = binomialBounds({ count: count / inflation, of: effective }, confidence)
  const found = long ? { effective, bounds } : {}
  if (long && enough && bounds.upper <= allowed) return { status: 'pass', ...found }
  const beyond = surelyAbove({ mean: count / of, values: of }, allowed, confidence)
  if (beyond || (long && enough && bounds.lower > allowed)) return { status: 'fail', ...found }
  // Of few batches the inflation is not known well enough to reckon with it.
  const widened = long ? inflation : 1
  const needs = needed({ share: count / of, of, inflation: widened }, rule)
  return { status: 'inconclusive', ...found, ...(needs !== undefined && { needs }) }
}

/** Independent values without which a share is never settled: ten hits at what is allowed. */
export const leastValues = (allowed: number): number =>
  Math.ceil(Number((LEAST_HITS / allowed).toPrecision(12)))

/** Beyond so many times what there was, it is no use to say how many would do. */
const MOST_TIMES = 100

/**
 * Values after which a share that stays as it is would lie off its limit by the normal quantile times the
 * deviation at the limit: inflation · z² · p(1 − p) / (p − share)².
 */
function needed(
  { share, of, inflation }: { share: number; of: number; inflation: number },
  { allowed, confidence }: ShareRule,
): number | undefined {
  const z = studentQuantile(confidence, Infinity)
  const apart = (inflation * z * z * allowed * (1 - allowed)) / (allowed - share) ** 2
  const most = Math.max(apart, inflation * leastValues(allowed))
  if (!Number.isFinite(most) || most > Math.max(of, leastValues(allowed)) * MOST_TIMES) {
    return undefined
  }
  return roundedUp(most)
}

/** To two digits, since it is an estimate. */
export function roundedUp(value: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1)
  return Math.ceil(Number((value / step).toPrecision(12))) * step
}
