import type { AbRun } from '../load/ab-run.ts'
import type { Capacity } from '../load/capacity.ts'
import type { Distribution } from '../metrics/distribution.ts'
import type { CheckSummary } from '../metrics/checks.ts'
import type { MetricFigures } from '../metrics/metric-store.ts'
import type { MessageFlow } from '../metrics/sockets.ts'
import type { OperationSummary, RecordingSummary } from '../metrics/summary.ts'
import type { WindowSummary } from '../metrics/window-summary.ts'
import type { CpuSummary, MemorySummary } from '../monitors/monitor.ts'
import type { RetainedSummary } from '../monitors/retained.ts'
import { isBenchResult, type BenchResultLike } from './bench-result.ts'

/** A run, a request, a group, iterations, or a window of one of them. */
export type Operation = OperationSummary | WindowSummary

/** A run, a request, a group, iterations, a distribution (`run.ttft`), a timing metric, a bench result. */
export type LatencySubject = Operation | Distribution | MetricFigures | BenchResultLike
/** A run, a request, a group, iterations, messages (`run.sockets.received`), a bench result. */
export type ThroughputSubject = Operation | MessageFlow | BenchResultLike
/** A run, a request, a group, iterations, a rate metric, a check. */
export type SuccessSubject = Operation | MetricFigures | CheckSummary
/** A run, a request, a group, iterations. */
export type ErrorSubject = Operation
/** `run.memory`, or what a memory monitor gives. */
export type MemorySubject = MemorySummary
/** What `retained()` gives. */
export type RetainedSubject = RetainedSummary
/** `run.cpu`, or what a CPU monitor gives. */
export type CpuSubject = CpuSummary

/** What `load.compare` gives. */
export type AbSubject = AbRun
/** What `load.findCapacity` gives. */
export type CapacitySubject = Capacity

/** Everything that some matcher of ours takes, told apart by `kind`. */
export type Subject =
  | Operation
  | Distribution
  | MetricFigures
  | CheckSummary
  | MemorySummary
  | CpuSummary
  | RetainedSummary
  | MessageFlow
  | AbSubject
  | CapacitySubject
  | (BenchResultLike & { readonly kind: 'bench' })

const KINDS: ReadonlySet<unknown> = new Set<Exclude<Subject['kind'], 'bench'>>([
  ...(['run', 'request', 'group', 'iterations', 'window', 'distribution'] as const),
  ...(['memory', 'cpu', 'retained', 'messages', 'ab', 'capacity'] as const),
  ...(['timing', 'counter', 'gauge', 'rate', 'check'] as const),
])

/** The value as a subject; `undefined` when it is none. A bench result has no kind and gets one. */
export function toSubject(value: unknown): Subject | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if ('kind' in value) return KINDS.has(value.kind) ? (value as Subject) : undefined
  return isBenchResult(value) ? { ...value, kind: 'bench' } : undefined
}

/** True for the summaries of operations. */
export const isOperation = (subject: Subject): subject is Operation => OPERATIONS.has(subject.kind)

const OPERATIONS: ReadonlySet<unknown> = new Set<Operation['kind']>([
  'run',
  'request',
  'group',
  'iterations',
  'window',
] as const)

/** What an operation's count is of. */
export function nounOf(operation: Operation): string {
  if (operation.kind === 'window') return operation.counts
  if (operation.kind === 'group') return 'groups'
  const bare = isRecording(operation) && operation.requests.length === 0
  return operation.kind === 'iterations' || bare ? 'iterations' : 'requests'
}

/** A whole run, which knows its requests and errors; a request does not. */
export const isRecording = (operation: Operation): operation is RecordingSummary =>
  operation.kind === 'run' && 'errors' in operation
