import type { VerdictUnit } from '../../limits/verdict.ts'
import { chanceOf, differenceOf, type Estimate } from '../../stats/difference.ts'
import { shareChance, shareDifference, shareEstimate } from '../../stats/share-difference.ts'
import type { WidenedShare } from '../../stats/share-difference.ts'
import type { Ratio } from '../../units/units.ts'
import type { ComparedFigure, ComparedMetric, Interval } from './comparison.ts'
import { CONFIDENCE } from './estimates.ts'

/** A figure of all runs before it is judged together with the others. */
export interface RawFigure extends Pick<
  ComparedFigure,
  'metric' | 'unit' | 'values' | 'intervals' | 'change' | 'between'
> {
  /** How the noise that belongs to a chance is worded: of a ratio, or of a plain difference. */
  readonly scale: 'ratio' | 'difference'
  /** To the end towards 0, on that scale. */
  readonly reach?: number | undefined
  /** Of such a change, both being the same; missing where it cannot be told. */
  readonly chance?: Ratio | undefined
  readonly worse: 'up' | 'down'
  /** Whether it is judged at all. */
  readonly judged: boolean
}

type Estimates = readonly (Estimate | undefined)[]

/** A time, or a rate: what matters is by which factor it changed. */
export function ratioFigure(
  metric: ComparedMetric,
  estimates: Estimates,
  {
    unit = 'ms',
    worse = 'up',
    judged = true,
  }: Partial<Pick<RawFigure, 'unit' | 'worse' | 'judged'>> = {},
): RawFigure {
  const values = estimates.map((each) => each?.value)
  const known = estimates.some((each) => each?.lower !== undefined || each?.upper !== undefined)
  const intervals = known ? estimates.map(intervalOf) : undefined
  const head = { metric, unit, values, intervals, scale: 'ratio', worse, judged } as const
  const [first, last] = [estimates[0], estimates.at(-1)]
  if (first === undefined || last === undefined || first.value <= 0) return head
  const change = last.value / first.value - 1
  if (last.value <= 0) return { ...head, change }
  const { lower, upper, ...rest } = differenceOf(logOf(first), logOf(last))
  const between = { low: lower && Math.expm1(lower), high: upper && Math.expm1(upper) }
  const told = chanceOf(rest, CONFIDENCE)
  return {
    ...head,
    change,
    between,
    reach: rest.reach,
    chance: rest.reach === undefined ? undefined : told,
  }
}

/** A share of failures: what matters is by how many points it changed. */
export function errorRateFigure(
  shares: readonly (WidenedShare | undefined)[],
  rates: readonly (Ratio | undefined)[],
): RawFigure {
  const head = {
    metric: 'errorRate',
    unit: 'ratio',
    values: rates,
    intervals: shares
      .map((share) => share && intervalOf(shareEstimate(share, CONFIDENCE)))
      .map((each) => each ?? {}),
    scale: 'difference',
    worse: 'up',
    judged: true,
  } as const
  const [first, last] = [rates[0], rates.at(-1)]
  if (first === undefined || last === undefined) return head
  const change = last - first
  const [base, now] = [shares[0], shares.at(-1)]
  if (base === undefined || now === undefined) return { ...head, change }
  const { lower, upper, reach } = shareDifference(base, now, CONFIDENCE)
  return {
    ...head,
    change,
    between: { low: lower, high: upper },
    reach,
    chance: shareChance(base, now),
  }
}

/** A figure that is shown, and of whose noise nothing is known. */
export const plainFigure = (
  metric: ComparedMetric,
  unit: VerdictUnit,
  values: readonly (number | undefined)[],
): RawFigure => ratioFigure(metric, values.map(bare), { unit, judged: false })

const bare = (value: number | undefined): Estimate | undefined =>
  value === undefined ? undefined : { value, lower: undefined, upper: undefined }

const intervalOf = (estimate: Estimate | undefined): Interval =>
  estimate === undefined ? {} : { low: estimate.lower, high: estimate.upper }

/** An end at 0 has no logarithm: it is not known. */
const logOf = ({ value, lower, upper }: Estimate): Estimate => ({
  value: Math.log(value),
  lower: lower !== undefined && lower > 0 ? Math.log(lower) : undefined,
  upper: upper === undefined ? undefined : Math.log(upper),
})
