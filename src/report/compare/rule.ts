import type { RunData } from '../../load/load-run.ts'
import { formatNumber } from '../../units/format.ts'
import type {
  ComparedEndpoint,
  ComparedFigure,
  ComparedLoad,
  ComparedMetric,
  Suggestion,
} from './comparison.ts'

/** What a rule sees: the judged figures, and both runs. */
export interface Evidence {
  readonly load: ComparedLoad
  readonly base: RunData
  readonly head: RunData
}

export type Finding = Omit<Suggestion, 'rule' | 'load'>

/** A documented rule: under its name what it finds, once or several times. */
export type Rule = (evidence: Evidence) => readonly Finding[]

export const figureOf = (
  { figures }: ComparedEndpoint,
  metric: ComparedMetric,
): ComparedFigure | undefined => figures.find((figure) => figure.metric === metric)

export const isWorse = (endpoint: ComparedEndpoint, metric: ComparedMetric): boolean =>
  figureOf(endpoint, metric)?.verdict === 'worse'

/** `p50 +107 %`; empty where nothing is known. */
export function changeOf(endpoint: ComparedEndpoint, metric: ComparedMetric): string {
  const change = figureOf(endpoint, metric)?.change
  return change === undefined ? '' : `${metric === 'ttft' ? 'TTFT p95' : metric} ${signed(change)}`
}

/** `+107 %`, `−12 %`; under ten with one digit after the point. */
export function signed(change: number): string {
  const percents = Math.abs(change * 100)
  const shown = formatNumber(percents < 10 ? Number(percents.toFixed(1)) : Math.round(percents))
  return `${change < 0 ? '−' : '+'}${shown} %`
}
