import { noiseOf } from '../../stats/difference.ts'
import { holm } from '../../stats/holm.ts'
import type { Ratio } from '../../units/units.ts'
import type { ChangeVerdict, ComparedFigure } from './comparison.ts'
import { CONFIDENCE } from './estimates.ts'
import type { RawFigure } from './raw-figure.ts'

/** A change is called one when chance alone makes a false call anywhere in the comparison so rarely. */
export const ALPHA: Ratio = 0.05

export interface JudgeRules {
  /** Changes of a time below this share are of no interest. */
  readonly least: Ratio
  /** Why a figure may not be judged, whatever it is; `undefined` when it may. */
  readonly blocked: (figure: RawFigure) => string | undefined
}

/** All figures of a comparison, judged together. */
export function judgeFigures(
  figures: readonly RawFigure[],
  rules: JudgeRules,
): ReadonlyMap<RawFigure, ComparedFigure> {
  const judged = figures.filter(
    (figure) => figure.judged && figure.chance !== undefined && rules.blocked(figure) === undefined,
  )
  const chances = judged.map(({ chance = 1 }) => chance)
  const corrected = holm(chances)
  const order = chances.map((_, at) => at).toSorted((a, b) => (chances[a] ?? 1) - (chances[b] ?? 1))
  const told = new Map(
    judged.map((figure, at) => {
      const among = judged.length - order.indexOf(at)
      return [figure, { p: corrected[at] ?? 1, among }] as const
    }),
  )
  return new Map(figures.map((figure) => [figure, toCompared(figure, told.get(figure), rules)]))
}

interface Told {
  readonly p: Ratio
  /** How many tests its chance is multiplied with. */
  readonly among: number
}

function toCompared(figure: RawFigure, told: Told | undefined, rules: JudgeRules): ComparedFigure {
  const { metric, unit, values, intervals, change, between, reach, scale } = figure
  const shown = { metric, unit, values, intervals, change, between }
  if (!figure.judged) return shown
  if (told === undefined) {
    return { ...shown, verdict: 'not comparable', why: rules.blocked(figure) ?? unknown(figure) }
  }
  const noise = reach === undefined ? undefined : noiseOf(reach, CONFIDENCE, ALPHA / told.among)
  const worded = noise !== undefined && scale === 'ratio' ? Math.expm1(noise) : noise
  return { ...shown, noise: worded, p: told.p, ...verdictOf(figure, told.p, rules) }
}

function verdictOf(
  { change = 0, worse, scale }: RawFigure,
  p: Ratio,
  { least }: JudgeRules,
): { readonly verdict: ChangeVerdict; readonly why?: string } {
  if (p > ALPHA) return { verdict: 'within noise' }
  if (scale === 'ratio' && Math.abs(change) < least) {
    return { verdict: 'within noise', why: `less than ${Math.round(least * 1_000) / 10} %` }
  }
  return { verdict: change > 0 === (worse === 'up') ? 'worse' : 'better' }
}

function unknown({ values }: RawFigure): string {
  const [first, last] = [values[0], values.at(-1)]
  if (first === undefined && last === undefined) return 'not measured'
  if (first === undefined) return 'not in the first run'
  if (last === undefined) return 'not in the last run'
  return 'too few values to know its noise'
}

/** What stands for several: one that got worse, else one that got better, else the least that is known. */
export function worstOf(verdicts: readonly (ChangeVerdict | undefined)[]): ChangeVerdict {
  const order = ['worse', 'better', 'within noise'] as const
  return order.find((each) => verdicts.includes(each)) ?? 'not comparable'
}
