import type { RunData } from '../load/load-run.ts'
import { sustainedOf, type StepSummary } from '../load/step-summary.ts'
import { formatMs, formatNumber, formatRate, formatRatio } from '../units/format.ts'
import { cleanText } from './clean-text.ts'
import { counted, figure, limitOf, measuredOf } from './figures.ts'

/** A step as the columns of a table, and whether it met the limits. */
export interface StepRow {
  readonly cells: readonly string[]
  readonly status: StepSummary['status']
}

export const STEP_HEAD = ['users', 'requests', 'rate', 'p50', 'p95', 'p99', 'failed', 'limits']

/** The last steps, which tell where it broke, and how many came before them. */
export function stepRows({ steps = [] }: RunData, most: number): [StepRow[], left: number] {
  const rows = steps.slice(-most).map((step) => ({ cells: cellsOf(step), status: step.status }))
  return [rows, Math.max(0, steps.length - most)]
}

const cellsOf = (step: StepSummary): string[] => [
  formatNumber(step.users),
  formatNumber(step.count),
  figure(step.throughput, formatRate),
  figure(step.p50, formatMs),
  figure(step.p95, formatMs),
  figure(step.p99, formatMs),
  figure(step.errorRate, formatRatio),
  step.status,
]

/** How many users were sustained, and what the step after that missed. */
export function stepFacts({ steps }: RunData): readonly string[] {
  if (steps === undefined) return []
  const { users } = sustainedOf(steps)
  const missed = steps.find(({ status }) => status === 'missed')
  const verdict = missed?.verdicts.find(({ status }) => status === 'fail')
  const sustained = `sustained ${counted(users, 'user')}`
  if (missed === undefined || verdict === undefined) {
    return [`${sustained}: no step missed its limits`]
  }
  const broke = `${cleanText(verdict.subject)} ${measuredOf(verdict)}, ${limitOf(verdict)}`
  return [sustained, `${counted(missed.users, 'user')} missed: ${broke}`]
}

/** `up to 30 users in 3 steps`; `undefined` for a load without steps. */
export const climbOf = ({ steps }: RunData): string | undefined =>
  steps === undefined
    ? undefined
    : `up to ${counted(steps.at(-1)?.users ?? 0, 'user')} in ${counted(steps.length, 'step')}`
