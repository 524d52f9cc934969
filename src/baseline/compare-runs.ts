import { holm } from '../stats/holm.ts'
import { rankTest } from '../stats/rank-test.ts'
import { hodgesLehmann } from '../stats/shift.ts'
import type { Ratio } from '../units/units.ts'

/** One figure of several runs, beside that of the runs of the baseline. */
export interface Sides {
  /** One value a run; `Infinity` is a percentile that never came. */
  readonly base: readonly number[]
  readonly head: readonly number[]
  /** A larger figure is the better one: a throughput. */
  readonly rate: boolean
}

export interface Question {
  /** A figure may get worse by this share: 0.1. */
  readonly tolerance: Ratio
  /** Of the verdict, and of each end of the interval. */
  readonly confidence: Ratio
}

/** How a figure has changed. Changes are shares of the baseline: 0.1 is a tenth more, −0.1 a tenth less. */
export interface Change {
  /** By the shift of Hodges and Lehmann of the logarithms; `Infinity` when it never came. */
  readonly change: number
  readonly low: number
  readonly high: number
  /**
   * The chance of runs that are at least so much worse if the figure had got worse by the tolerance and no
   * more: by the exact rank test, corrected for the number of comparisons.
   */
  readonly p: number
  readonly status: 'worse' | 'within' | 'open'
  /** Surely better, by more than the tolerance. */
  readonly better: boolean
}

/** Runs on a side that are compared at most: what the exact test counts in whole numbers. */
const MOST = 28

/** Nothing that is measured is so many times another. */
const NEVER = Math.log(1e200)

/**
 * Compares figures with their baselines. A figure is **worse** when runs like these were too unlikely, had it
 * got worse by no more than the tolerance: when the p-value of that, corrected by Holm for all comparisons
 * of the call, is at most 1 − `confidence`. For one comparison that is to say that the interval of the shift
 * lies beyond the tolerance altogether, since the interval inverts the same test.
 *
 * Runs, not requests, are what is counted: requests of one run depend on each other, and two runs of one
 * service differ by more than their requests tell.
 */
export function compareRuns(all: readonly Sides[], question: Question): Change[] {
  const { tolerance, confidence } = question
  const tests = all.map((sides) => {
    const [base, head] = [logsOf(sides.base, sides.rate), logsOf(sides.head, sides.rate)]
    return { sides, base, head, p: chanceOfWorse(base, head, allowance(sides, tolerance)) }
  })
  const corrected = holm(tests.map(({ p }) => p))
  return tests.map(({ sides, base, head }, at) => {
    const p = corrected[at] as number
    // Each end holds with the confidence: both together with less.
    const found = hodgesLehmann(base, head, 2 * confidence - 1)
    const { shift = NaN, lower = NaN, upper = NaN } = found ?? {}
    const most = allowance(sides, tolerance)
    const status = p <= 1 - confidence + ROUNDING ? 'worse' : upper < most ? 'within' : 'open'
    const ends = [toChange(lower, sides.rate), toChange(upper, sides.rate)] as const
    return {
      change: toChange(shift, sides.rate),
      low: Math.min(...ends),
      high: Math.max(...ends),
      p,
      status,
      better: upper < -most,
    }
  })
}

const ROUNDING = 1e-9

/** How much worse is tolerated, as a difference of logarithms: a rate of 90 % is 1 / 0.9 of the time. */
const allowance = ({ rate }: Sides, tolerance: Ratio): number =>
  rate ? -Math.log(1 - Math.min(tolerance, 0.99)) : Math.log(1 + tolerance)

/** Logarithms of which a larger one is worse. */
const logsOf = (values: readonly number[], rate: boolean): number[] =>
  values.slice(-MOST).map((value) => {
    const log = value === Infinity ? NEVER : Math.log(Math.max(value, 1e-9))
    return rate ? -log : log
  })

/** The exact one-sided chance, of a shift of `most` and no more. */
function chanceOfWorse(base: readonly number[], head: readonly number[], most: number): number {
  const found = rankTest(
    base.map((value) => value + most),
    head,
  )
  if (found === undefined) return 1
  // The test doubles its smaller tail: on the side of the larger values that is half of it.
  return found.u > (base.length * head.length) / 2 ? found.p / 2 : 1
}

function toChange(shift: number, rate: boolean): number {
  if (shift > NEVER / 2) return rate ? -1 : Infinity
  return Math.expm1(rate ? -shift : shift)
}

/** Whether so many runs could show anything, were they as far apart as can be. */
export function canTell(
  base: number,
  head: number,
  comparisons: number,
  confidence: Ratio,
): boolean {
  return comparisons / waysToChoose(base, head) <= 1 - confidence + ROUNDING
}

/** The least number of repeats with which they could; `undefined` when no number would do. */
export function leastRepeats(
  base: number,
  comparisons: number,
  confidence: Ratio,
): number | undefined {
  const counts = Array.from({ length: MOST }, (_, at) => at + 1)
  return counts.find((head) => canTell(Math.min(base, MOST), head, comparisons, confidence))
}

/** In how many ways `head` of all runs can be chosen. */
function waysToChoose(base: number, head: number): number {
  let ways = 1
  for (let at = 1; at <= head; at++) ways = (ways * (base + at)) / at
  return ways
}
