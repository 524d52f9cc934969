import type { Figure } from '../limits/check.ts'
import { besideOf, pairedShift, type PairedShift } from '../stats/signed-rank.ts'
import { medianOf } from '../stats/shift.ts'
import { studentQuantile } from '../stats/student.ts'
import type { Ratio } from '../units/units.ts'
import { worseScale, type WorseScale } from './worse.ts'

/** A figure of the two blocks of each pair; `Infinity` is one that never came. */
export interface FigurePair {
  readonly base: number | undefined
  readonly head: number | undefined
}

/** By how much `head` is worse than `base`; below 0 it is better. All of it is of the pairs of blocks. */
export interface ChangeFigures {
  /** The medians of the blocks, in the figure's unit. */
  readonly base: number
  readonly head: number
  /** A share of `base`: 0.1 is 10 % slower, or a tenth less; of error rates in points. */
  readonly change: Ratio
  /** Between what it lies, each end with the confidence. */
  readonly low: Ratio
  readonly high: Ratio
  readonly confidence: Ratio
  /** The smallest change that these blocks would have shown in nine of ten such comparisons. */
  readonly detectable: Ratio | undefined
  /** Pairs in which both sides had a figure. */
  readonly pairs: number
}

/** How sure it is that `head` is worse by more than is tolerated. */
export interface ChangeJudgement extends ChangeFigures {
  /** The chance to see so much when it is worse by just what is tolerated; small is surely worse. */
  readonly p: number
  /** The same the other way round: small is surely not worse. */
  readonly within: number
  /** Pairs that would settle it, were they as these are. */
  readonly needs: number | undefined
}

/** How often a change of the size of `detectable` is found. */
const POWER = 0.9
/** Fewer pairs cannot show anything at 95 %: all of five on one side have a chance of 3 %. */
export const LEAST_PAIRS = 5
const MOST_TIMES = 100

/** @returns `undefined` for fewer than five pairs that have the figure on both sides */
export function changeOf(
  figure: Figure,
  pairs: readonly FigurePair[],
  confidence: number,
): ChangeFigures | undefined {
  return judgeChange(figure, pairs, { tolerance: 0, confidence })
}

/** @returns `undefined` for fewer than five pairs that have the figure on both sides */
export function judgeChange(
  figure: Figure,
  pairs: readonly FigurePair[],
  { tolerance, confidence }: { readonly tolerance: Ratio; readonly confidence: number },
): ChangeJudgement | undefined {
  const scale = worseScale(figure)
  const known = pairs.flatMap(({ base, head }) => {
    if (base === undefined || head === undefined) return []
    const worse = scale.of(base, head)
    return Number.isNaN(worse) ? [] : [{ base, head, worse }]
  })
  const differences = known.map(({ worse }) => worse)
  const found = known.length < LEAST_PAIRS ? undefined : pairedShift(differences, confidence)
  if (found === undefined) return undefined
  const limit = scale.tolerance(tolerance)
  const { above, below } = besideOf(differences, limit)
  const error = errorOf(found, known.length)
  return {
    base: median(known.map(({ base }) => base)),
    head: median(known.map(({ head }) => head)),
    ...ratiosOf(found, scale),
    detectable:
      error === undefined ? undefined : detectableBy(error, known.length, confidence, scale),
    pairs: known.length,
    p: above,
    within: below,
    needs:
      error === undefined
        ? undefined
        : needed(Math.abs(found.shift - limit), error, known.length, confidence),
  }
}

const median = (values: readonly number[]): number =>
  medianOf(values.toSorted((left, right) => left - right))

const ratiosOf = (
  { shift, lower, upper, confidence }: PairedShift,
  scale: WorseScale,
): Pick<ChangeFigures, 'change' | 'low' | 'high' | 'confidence'> => ({
  change: scale.change(shift),
  low: scale.change(lower),
  high: scale.change(upper),
  confidence,
})

/** The standard error that an interval of this width stands for. */
function errorOf({ lower, upper, confidence }: PairedShift, pairs: number): number | undefined {
  const error = (upper - lower) / 2 / studentQuantile(confidence, pairs - 1)
  return Number.isFinite(error) ? error : undefined
}

const detectableBy = (error: number, pairs: number, confidence: number, scale: WorseScale): Ratio =>
  scale.change(error * (studentQuantile(confidence, pairs - 1) + studentQuantile(POWER, pairs - 1)))

/** Pairs after which the interval is half as wide as the estimate is away from the limit. */
function needed(
  apart: number,
  error: number,
  pairs: number,
  confidence: number,
): number | undefined {
  const needs = pairs * ((studentQuantile(confidence, pairs - 1) * error) / apart) ** 2
  return needs <= MOST_TIMES * pairs ? Math.max(pairs + 1, Math.ceil(needs)) : undefined
}
