import { amount } from '../limits/amount.ts'
import type { Verdict } from '../limits/verdict.ts'
import { changeOf, toleranceOf } from './baseline-figures.ts'
import { cleanText } from './clean-text.ts'
import { formatNumber } from '../units/format.ts'

/** What stands where nothing was measured. */
export const MISSING = '–'

/** A figure as a reader reads it, or the dash for one that is missing. */
export const figure = <T extends number>(
  value: T | undefined,
  format: (value: T) => string,
): string => (value === undefined || Number.isNaN(value) ? MISSING : format(value))

/** `1 user`, `12,034 requests`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${formatNumber(count)} ${count === 1 ? one : many}`

/** What makes the figures of limits doubtful, each said once. */
export const notesOf = (verdicts: readonly Verdict[]): readonly string[] => [
  ...new Set(verdicts.flatMap(({ note }) => (note === undefined ? [] : [cleanText(note)]))),
]

export function measuredOf({ measured, unit, baseline }: Verdict): string {
  if (baseline !== undefined) return changeOf(baseline, measured)
  if (measured === undefined) return 'not measured'
  return measured === 'never' ? 'never' : amount(unit, measured)
}

/** `limit 300 ms`; under `.not` a limit that must not be met: `not ≤ 300 ms`. */
export function limitOf({ limit, unit, operator, negated, baseline }: Verdict): string {
  if (baseline !== undefined) return toleranceOf(baseline, limit)
  if (!negated) return `limit ${amount(unit, limit)}`
  return `not ${operator === 'at most' ? '≤' : '≥'} ${amount(unit, limit)}`
}
