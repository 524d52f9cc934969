import type { RunData } from '../../load/load-run.ts'
import type { Verdict } from '../../limits/verdict.ts'
import type { OperationSummary } from '../../metrics/summary.ts'
import { countAbove, quantile } from '../../stats/histogram.ts'
import { formatMs, formatNumber, formatRatio } from '../../units/format.ts'
import { cleanText } from '../clean-text.ts'
import { figure } from '../figures.ts'
import { judgedOperations } from './judged-operation.ts'

/** Which requests were over the limit, and when. */
export function latencyEvidence(verdict: Verdict, run: RunData): readonly string[] {
  if (!verdict.subject.includes(' latency of ')) return []
  const operations = judgedOperations(verdict, run)
  return operations.length > 1
    ? [...who(verdict, operations), ...when(verdict, run)]
    : operations.flatMap((operation) => [shareOf(verdict, operation)])
}

/** The request that most of the slow ones are of. */
function who({ limit }: Verdict, operations: readonly OperationSummary[]): readonly string[] {
  const slow = operations
    .map((operation) => ({ operation, above: countAbove(operation.latency.histogram, limit) }))
    .toSorted((left, right) => right.above - left.above)
  const all = slow.reduce((sum, { above }) => sum + above, 0)
  const [first] = slow
  if (first === undefined || all === 0) return []
  const { name, latency } = first.operation
  const p95 = figure(latency.p95, formatMs)
  return [
    `${formatNumber(all)} requests took longer than ${formatMs(limit)}; ${formatRatio(first.above / all)} of them were ${cleanText(name)}, whose own p95 is ${p95}.`,
  ]
}

function shareOf({ limit }: Verdict, { latency }: OperationSummary): string {
  const above = countAbove(latency.histogram, limit)
  const share = latency.count === 0 ? '' : ` (${formatRatio(above / latency.count)})`
  return `${formatNumber(above)} of ${formatNumber(latency.count)} took longer than ${formatMs(limit)}${share}; the median is ${figure(latency.p50, formatMs)}.`
}

/** In which stretches of the judged time the figure was over the limit. */
function when({ limit, metric }: Verdict, { timeline }: RunData): readonly string[] {
  const percentile = Number(metric.slice(1))
  if (timeline.length < 4 || !Number.isFinite(percentile)) return []
  const over = timeline.filter(({ latency }) => (quantile(latency, percentile) ?? 0) > limit)
  const [first] = over
  if (first === undefined) return []
  if (over.length === timeline.length) return ['It was over the limit throughout.']
  const at = first.at === 0 ? 'at the start' : `at ${formatMs(Math.round(first.at))}`
  const users = first.users === undefined ? '' : `, with ${formatNumber(first.users)} users`
  return [
    `It was over the limit in ${over.length} of ${timeline.length} stretches of time, first ${at}${users}.`,
  ]
}
