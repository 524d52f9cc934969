import type { RunData } from '../load/load-run.ts'
import { selected, tagsOf } from '../limits/selection.ts'
import { joinOperations } from '../metrics/join-operations.ts'
import type { OperationSummary } from '../metrics/summary.ts'
import { formatMs, formatNumber, formatRatio } from '../units/format.ts'
import { cleanText } from './clean-text.ts'
import { figure, MISSING } from './figures.ts'

/** One row of the table of endpoints, as texts. */
export interface EndpointFigures {
  readonly name: string
  readonly requests: string
  readonly p50: string
  readonly p95: string
  readonly p99: string
  readonly failed: string
  /** p95 of the time to the first token; empty when nothing in the run streams. */
  readonly ttft: string
  readonly hasFailed: boolean
}

export interface Endpoints {
  readonly rows: readonly EndpointFigures[]
  /** All together; `undefined` when there is only one. */
  readonly whole: EndpointFigures | undefined
  /** Endpoints that are not among the rows. */
  readonly left: number
  /** Those that share a tag, together: a row for each tag. */
  readonly tagged: readonly EndpointFigures[]
}

/**
 * The endpoints in the order of their first call; more than `most` by how much they matter, which is how
 * often they failed and then the time that users spent on them: a slow one that was called twice does not
 * hide a busy one. A load that recorded no request shows its iterations.
 */
export function endpointsOf(run: RunData, most: number): Endpoints {
  const all: readonly OperationSummary[] =
    run.requests.length === 0 ? [run.iterations] : run.requests
  const streams = all.some(({ ttft }) => ttft.count > 0)
  const kept = all.length <= most ? all : byUrgency(all).slice(0, most)
  const toRow = (operation: OperationSummary): EndpointFigures => figuresOf(operation, streams)
  return {
    rows: [...kept.map(toRow), ...ownFailuresOf(run.ownFailures)],
    whole: all.length > 1 || run.ownFailures > 0 ? toRow(run) : undefined,
    left: all.length - kept.length,
    tagged: taggedOf(run).map(toRow),
  }
}

/** The requests of each tag as one, but of a tag that a single request has: that has a row already. */
function taggedOf({ requests }: RunData): readonly OperationSummary[] {
  return tagsOf(requests).flatMap((tag) => {
    const request = `#${tag}`
    const found = selected({ request }, requests)
    return found.length > 1 ? [joinOperations(request, found)] : []
  })
}

/** The groups in the order of their first use; more than `most` by how much they matter. */
export function groupsOf({ groups }: RunData, most: number): Pick<Endpoints, 'rows' | 'left'> {
  const kept = groups.length <= most ? groups : byUrgency(groups).slice(0, most)
  return { rows: kept.map((group) => figuresOf(group, false)), left: groups.length - kept.length }
}

/** Iterations that failed by themselves have a row, so that the rows add up to the last one. */
function ownFailuresOf(count: number): readonly EndpointFigures[] {
  if (count === 0) return []
  const none = { p50: MISSING, p95: MISSING, p99: MISSING, ttft: '' }
  const failed = formatRatio(1)
  return [
    {
      name: 'the scenario itself',
      requests: formatNumber(count),
      ...none,
      failed,
      hasFailed: true,
    },
  ]
}

const byUrgency = (all: readonly OperationSummary[]): readonly OperationSummary[] =>
  all.toSorted((left, right) => urgency(right) - urgency(left))

/** A failure outweighs any latency. */
const urgency = ({ errorRate = 0, latency }: OperationSummary): number =>
  errorRate * 1e15 + latency.count * (latency.mean ?? 0)

function figuresOf(operation: OperationSummary, streams: boolean): EndpointFigures {
  const { name, count, failed, errorRate, latency, ttft } = operation
  return {
    name: cleanText(name) || MISSING,
    requests: formatNumber(count),
    p50: figure(latency.p50, formatMs),
    p95: figure(latency.p95, formatMs),
    p99: figure(latency.p99, formatMs),
    failed: figure(errorRate, formatRatio),
    ttft: streams ? (ttft.count + ttft.failed > 0 ? figure(ttft.p95, formatMs) : '') : '',
    hasFailed: failed > 0,
  }
}
