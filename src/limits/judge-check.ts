import type { Distribution } from '../metrics/distribution.ts'
import { joinOperations } from '../metrics/join-operations.ts'
import type { OperationSummary, RecordingSummary } from '../metrics/summary.ts'
import { bucketOf } from '../stats/bucket.ts'
import { goodRequests } from './good-requests.ts'
import { countAbove, quantile } from '../stats/histogram.ts'
import type { Check } from './check.ts'
import { groupOf } from './selection.ts'
import { judge, type Verdict } from './verdict.ts'

/**
 * The verdict on a stretch of recording, in the middle of a load: for decisions, without the evidence
 * that a failing test shows. What was not measured is not met.
 */
export function judgeCheck(check: Check, recording: RecordingSummary): Verdict {
  const { operator, limit, unit } = check
  const { subject, metric, measured, samples } = readFigure(check, recording)
  return judge({ subject, metric, operator, limit, unit, measured, samples })
}

type Asked = Pick<Check, 'figure' | 'request' | 'exclude'>

/** A figure of a recording, `Infinity` for one that never came; what was cut off counts beyond `limit`. */
export const readFigure = (
  { limit = Infinity, ...asked }: Asked & { readonly limit?: number },
  recording: RecordingSummary,
): FigureRead => read({ figure: asked.figure, limit }, operationOf(asked, recording))

export function operationOf(
  { request, exclude }: Pick<Check, 'request' | 'exclude'>,
  recording: RecordingSummary,
): OperationSummary {
  if (request === undefined) return recording
  return groupOf({ request, exclude }, recording.requests) ?? joinOperations(request, [])
}

/** What was found of a figure. */
export interface FigureRead {
  readonly subject: string
  readonly metric: string
  readonly measured: number | undefined
  readonly samples: number
}

function read(
  { figure, limit }: Pick<Check, 'figure' | 'limit'>,
  operation: OperationSummary,
): FigureRead {
  switch (figure.kind) {
    case 'percentile':
      return readPercentile(operation[figure.of], figure.percentile, limit)
    case 'mean':
    case 'max': {
      const { label, count: samples, [figure.kind]: measured } = operation[figure.of]
      return { subject: `${figure.kind} ${label}`, metric: figure.kind, measured, samples }
    }
    case 'errorRate':
    case 'successRate':
    case 'throughput': {
      const { name, count: samples } = operation
      const value = operation[figure.kind]
      const measured = typeof value === 'object' ? value.mean : value
      return { subject: `${WORDS[figure.kind]} of ${name}`, metric: figure.kind, measured, samples }
    }
    case 'goodput': {
      const found = goodRequests(operation, figure.within)
      const { name, ok, count: samples, throughput } = operation
      const share = found.kind === 'known' && ok > 0 ? found.good / ok : 0
      const { mean } = throughput
      const measured = found.kind === 'known' && mean !== undefined ? share * mean : undefined
      return { subject: `goodput of ${name}`, metric: 'goodput', measured, samples }
    }
    case 'tokensPerSecond': {
      const { name, tokens } = operation
      const measured = tokens?.perSecond
      return {
        subject: `tokens/s of ${name}`,
        metric: figure.kind,
        measured,
        samples: tokens?.streams ?? 0,
      }
    }
    case 'growth':
    case 'peak':
    case 'slope':
    case 'plateau':
    case 'cpu':
      return { subject: figure.kind, metric: figure.kind, measured: undefined, samples: 0 }
    default:
      return figure satisfies never
  }
}

const WORDS = { errorRate: 'error rate', successRate: 'success rate', throughput: 'throughput' }

/** Failures, dropped arrivals and what was cut off after the limit are infinitely slow. */
function readPercentile(values: Distribution, percentile: number, limit: number): FigureRead {
  const never = values.failed + values.dropped + countAbove(values.cutOff, limit)
  const found = quantile(values.histogram, percentile, never)
  const settled =
    found !== undefined && Number.isFinite(found) && bucketOf(found) === bucketOf(limit)
  return {
    subject: `p${percentile} ${values.label}`,
    metric: `p${percentile}`,
    measured: settled ? Math.min(found, limit) : found,
    samples: values.count + never,
  }
}
