import type { OperationRecord } from '../../run-file/operation-record.ts'
import type { RunRecord } from '../../run-file/run-record.ts'
import { fromRunRecord } from '../../run-file/run-record.ts'
import { cleanText } from '../clean-text.ts'
import {
  failuresOf,
  latencyEstimate,
  throughputEstimate,
  ttftEstimate,
  type Counts,
} from './estimates.ts'
import { errorRateFigure, plainFigure, ratioFigure, type RawFigure } from './raw-figure.ts'

/** An endpoint of all runs before it is judged. */
export interface RawEndpoint {
  readonly name: string
  readonly requests: readonly (number | undefined)[]
  readonly figures: readonly RawFigure[]
}

type Found = { readonly operation: OperationRecord; readonly course: readonly Counts[] } | undefined

/** Every name that a run has, those of the first one first. A load without requests has its iterations. */
export function rawEndpoints(runs: readonly (RunRecord | undefined)[]): readonly RawEndpoint[] {
  const names = new Set(runs.flatMap((run) => operationsOf(run).map(({ name }) => name)))
  return [...names].map((name) => {
    const found = runs.map((run): Found => {
      const operation = operationsOf(run).find((each) => each.name === name)
      return operation && run && { operation, course: courseOf(operation, run) }
    })
    return { name: cleanText(name) || '–', ...figuresOf(found) }
  })
}

const operationsOf = (run: RunRecord | undefined): readonly OperationRecord[] =>
  run === undefined ? [] : run.requests.length === 0 ? [run.iterations] : run.requests

function courseOf({ course }: OperationRecord, { timeline }: RunRecord): readonly Counts[] {
  return (course?.ok ?? []).map((ok, at) => ({
    ok,
    failed: course?.failed[at] ?? 0,
    width: timeline[at]?.width ?? 0,
  }))
}

/**
 * All requests of a load together, and what was seen of the service. The figures of a single endpoint are
 * those of all: they are the same ones, judged once.
 */
export function rawWhole(
  runs: readonly (RunRecord | undefined)[],
  endpoints: readonly RawEndpoint[],
): RawEndpoint {
  const found = runs.map((run): Found => run && { operation: run.whole, course: run.timeline })
  const [only, ...others] = endpoints
  const { requests, figures } =
    only !== undefined && others.length === 0 ? only : withOnly('ttft', figuresOf(found), endpoints)
  const service = runs.map((run) => run && fromRunRecord(run))
  const rates = found.map((each) => each && throughputEstimate(each.operation, each.course))
  const memory = service.map((run) => run?.memory.peak)
  const cpu = service.map((run) => run?.cpu.mean)
  return {
    name: 'all requests',
    requests,
    figures: [
      ...figures,
      ratioFigure('throughput', rates, { unit: '/s', worse: 'down' }),
      ...(memory.some(isKnown) ? [plainFigure('memory', 'bytes', memory)] : []),
      ...(cpu.some(isKnown) ? [plainFigure('cpu', 'cores', cpu)] : []),
    ],
  }
}

/** A figure that a single endpoint has is that of all. */
function withOnly(
  metric: RawFigure['metric'],
  { requests, figures }: Omit<RawEndpoint, 'name'>,
  endpoints: readonly RawEndpoint[],
): Omit<RawEndpoint, 'name'> {
  const found = endpoints.flatMap((each) => each.figures).filter((each) => each.metric === metric)
  const [only, ...others] = found
  if (only === undefined || others.length > 0) return { requests, figures }
  return { requests, figures: figures.map((each) => (each.metric === metric ? only : each)) }
}

const isKnown = (value: number | undefined): boolean => value !== undefined

function figuresOf(found: readonly Found[]): Omit<RawEndpoint, 'name'> {
  const operations = found.map((each) => each?.operation)
  const latency = (name: 'p50' | 'p95' | 'p99'): RawFigure =>
    ratioFigure(
      name,
      operations.map((each) => each && latencyEstimate(each, name)),
      // The tail of the tail has few values: it is shown, and not judged.
      { judged: name !== 'p99' },
    )
  const ttft = operations.map((each) => each && ttftEstimate(each))
  const shares = found.map((each) => each && failuresOf(each.operation, each.course))
  return {
    requests: operations.map((each) => each?.count),
    figures: [
      latency('p50'),
      latency('p95'),
      latency('p99'),
      ...(ttft.some((each) => each !== undefined) ? [ratioFigure('ttft', ttft)] : []),
      errorRateFigure(
        shares,
        operations.map((each) => each?.errorRate),
      ),
    ],
  }
}
