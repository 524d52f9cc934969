import type { RunData } from '../../load/load-run.ts'
import type { Verdict } from '../../limits/verdict.ts'
import { formatMs, formatNumber, formatRatio } from '../../units/format.ts'
import type { ErrorGroup } from '../../metrics/error-groups.ts'
import { counted } from '../figures.ts'
import { describeError } from '../run-facts.ts'
import { judgedOperations } from './judged-operation.ts'

/** How many failed, and how most of them did. */
export function failureEvidence(verdict: Verdict, run: RunData): readonly string[] {
  const { of, groups } = concerned(verdict, run)
  const failed = of.failed
  const [first] = groups
  if (failed === 0 || first === undefined) return []
  const share = of.count === 0 ? '' : ` (${formatRatio(failed / of.count)})`
  const never = verdict.measured === 'never' ? ', and a percentile counts a failure as never' : ''
  const all = `${formatNumber(failed)} of ${formatNumber(of.count)} failed${share}${never}`
  return [`${all}; ${first.count < failed ? 'most often' : 'all of them'}: ${sayGroup(first)}.`]
}

function concerned(
  verdict: Verdict,
  run: RunData,
): {
  readonly of: { readonly count: number; readonly failed: number }
  readonly groups: readonly ErrorGroup[]
} {
  if (/ of (?:all )?iterations$/.test(verdict.subject)) {
    return { of: run.iterations, groups: run.errors }
  }
  const operations = judgedOperations(verdict, run)
  const sum = (pick: 'count' | 'failed'): number =>
    operations.reduce((total, operation) => total + operation[pick], 0)
  const names = new Set(operations.map(({ name }) => name))
  return {
    of: { count: sum('count'), failed: sum('failed') },
    groups: run.errors.filter(({ name }) => names.has(name)),
  }
}

function sayGroup(group: ErrorGroup): string {
  const { what, said } = describeError(group)
  const { count, firstAt, lastAt } = group
  const text =
    said === '' ? what : `${what} – ${said.length > 120 ? `${said.slice(0, 119)}…` : said}`
  const from = formatMs(Math.max(0, Math.round(firstAt)))
  const when = count > 1 ? `, from ${from} to ${formatMs(Math.max(0, Math.round(lastAt)))}` : ''
  return `${counted(count, 'time')} ${text}${when}`
}
