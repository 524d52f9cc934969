import type { RunData } from '../load/load-run.ts'
import { formatNumber } from '../units/format.ts'
import { cleanText } from './clean-text.ts'
import { counted } from './figures.ts'

/** What the checks of a run amount to: a line for all, and one for each that failed. */
export interface CheckFacts {
  /** `12,012 of 12,034 held`; `undefined` when nothing was checked. */
  readonly whole: string | undefined
  /** The commonest first. */
  readonly failed: readonly {
    readonly times: string
    readonly name: string
    /** The first failure's message, or nothing. */
    readonly said: string
  }[]
  /** Checks that failed and are not among these. */
  readonly left: number
}

export function checksOf({ checks }: RunData, most: number): CheckFacts {
  const passed = checks.reduce((sum, check) => sum + check.passed, 0)
  const total = checks.reduce((sum, check) => sum + check.total, 0)
  const failing = checks
    .filter(({ failed }) => failed > 0)
    .toSorted((left, right) => right.failed - left.failed)
  const kinds =
    checks.length === 1 ? cleanText(checks[0]?.name ?? '') : counted(checks.length, 'check')
  return {
    whole:
      total === 0 ? undefined : `${formatNumber(passed)} of ${formatNumber(total)} held · ${kinds}`,
    failed: failing.slice(0, most).map(({ failed, name, first }) => ({
      times: formatNumber(failed),
      name: cleanText(name),
      said: first === undefined ? '' : cleanText(first),
    })),
    left: Math.max(0, failing.length - most),
  }
}
