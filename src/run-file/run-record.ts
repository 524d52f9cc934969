import type { Ending, PhaseSummary, RunData } from '../load/load-run.ts'
import type { ClosedShape, LoadShape } from '../load/load-shape.ts'
import type { StepSummary } from '../load/step-summary.ts'
import type { ErrorGroup } from '../metrics/error-groups.ts'
import type { CheckSummary } from '../metrics/checks.ts'
import type { Limits } from '../limits/grammar.ts'
import type { RecordingSummary } from '../metrics/summary.ts'
import type { Window } from '../metrics/timeline.ts'
import type { Ms } from '../units/units.ts'
import { toErrorRecords } from './error-record.ts'
import {
  fromOperationRecord,
  fromRequestRecord,
  toOperationRecord,
  toRequestRecord,
  type Detail,
  type OperationRecord,
  type RequestRecord,
} from './operation-record.ts'
import { fromArrivalsRecord, toArrivalsRecord, type ArrivalsRecord } from './arrivals-record.ts'
import { fromMetricRecord, toMetricRecord, type MetricRecord } from './metric-record.ts'
import { fromGeneratorRecord, toGeneratorRecord, type GeneratorRecord } from './generator-record.ts'
import { fromSocketsRecord, toSocketsRecord, type SocketsRecord } from './sockets-record.ts'
import {
  fromConnectionsRecord,
  toConnectionsRecord,
  type ConnectionsRecord,
} from './connections-record.ts'
import { fromServerRecord, toServerRecord, type ServerRecord } from './server-record.ts'
import { plain } from './plain.ts'
import { fromEpochs, toEpochs, type EpochRecord } from './timeline-record.ts'
import {
  fromCpuRecord,
  fromMemoryRecord,
  toCpuRecord,
  toMemoryRecord,
  type CpuRecord,
  type MemoryRecord,
} from './watch-record.ts'

/** A stretch of recording as the run file keeps it. */
interface RecordingRecord {
  readonly duration: Ms
  /** All requests together. */
  readonly whole: OperationRecord
  readonly requests: readonly RequestRecord[]
  /** Absent when there were none. */
  readonly ownFailures?: number | undefined
  readonly iterations: OperationRecord
  readonly errors: readonly ErrorGroup[]
  readonly metrics: readonly MetricRecord[]
  /** Absent when there were none, as in older files. */
  readonly checks?: readonly CheckSummary[] | undefined
  readonly groups?: readonly OperationRecord[] | undefined
  /** Only of an open load. */
  readonly arrivals?: ArrivalsRecord | undefined
  /** Absent when there were none. */
  readonly sockets?: SocketsRecord | undefined
  readonly connections?: ConnectionsRecord | undefined
}

/** A run as the run file keeps it: JSON, and of one size however long it lasted. */
export interface RunRecord extends RecordingRecord {
  readonly title: string
  readonly shape: LoadShape
  readonly seed: number
  readonly ending: Ending
  readonly reason?: string | undefined
  readonly startedAt: string
  readonly elapsed: Ms
  readonly source?: string | undefined
  readonly limits?: Limits | undefined
  readonly steps?: readonly StepSummary[] | undefined
  /** At most 60 stretches of the judged time. */
  readonly timeline: readonly EpochRecord[]
  readonly phases: readonly {
    readonly name: PhaseSummary['name']
    readonly recording: RecordingRecord
  }[]
  /** On the clock of the run; absent from older files. */
  readonly judgedFrom?: Ms | undefined
  readonly memory: MemoryRecord
  readonly cpu: CpuRecord
  /** Absent when nothing is known, as in older files. */
  readonly server?: ServerRecord | undefined
  /** Absent from older files. */
  readonly generator?: GeneratorRecord | undefined
}

/** Buckets in a shape of the judged time: about 1 % wide for answers that spread over a factor of ten. */
const BUCKETS = 300
/** Buckets in a shape of a phase that is not judged. */
const PHASE_BUCKETS = 40

export function toRunRecord(run: RunData): RunRecord {
  const { title, shape, seed, ending, reason, startedAt, elapsed, source, limits } = run
  const timeline = toEpochs(run.timeline)
  return plain({
    title,
    shape,
    seed,
    ending,
    reason,
    startedAt,
    elapsed,
    source,
    limits,
    steps: run.steps,
    ...toRecordingRecord(run, { buckets: BUCKETS, epochs: timeline }),
    timeline,
    phases: run.phases.map(({ name, summary }) => ({
      name,
      recording: toRecordingRecord(summary, { buckets: PHASE_BUCKETS }),
    })),
    judgedFrom: run.judgedFrom,
    memory: toMemoryRecord(run.memory),
    cpu: toCpuRecord(run.cpu),
    server: run.server && toServerRecord(run.server),
    generator: run.generator && toGeneratorRecord(run.generator),
  })
}

/**
 * The run again, with the very figures that were measured. Its timeline has the epochs of the record;
 * operations have none (their course is in the record).
 */
export function fromRunRecord(record: RunRecord): RunData {
  const { title, shape, seed, ending, reason, startedAt, elapsed, source, limits } = record
  const { phases, memory, cpu } = record
  return {
    ...fromRecordingRecord(record, fromEpochs(record.timeline)),
    shape: shape.model === 'open' ? shape : wholeShape(shape),
    title,
    seed,
    ending,
    ...(reason !== undefined && { reason }),
    startedAt,
    elapsed,
    ...(source !== undefined && { source }),
    ...(limits !== undefined && { limits }),
    ...(record.steps !== undefined && { steps: record.steps }),
    phases: phases.map(({ name, recording }) => ({
      name,
      summary: fromRecordingRecord(recording),
    })),
    memory: fromMemoryRecord(memory),
    cpu: fromCpuRecord(cpu),
    ...(record.judgedFrom !== undefined && { judgedFrom: record.judgedFrom }),
    ...(record.server && { server: fromServerRecord(record.server, memory.label) }),
    ...(record.generator && { generator: fromGeneratorRecord(record.generator) }),
  }
}

/** A closed load says both its duration and its iterations; a file leaves out the one it has not. */
const wholeShape = (shape: ClosedShape): ClosedShape => ({
  ...shape,
  duration: shape.duration,
  iterations: shape.iterations,
})

function toRecordingRecord(recording: RecordingSummary, detail: Detail): RecordingRecord {
  return {
    duration: recording.duration,
    whole: toOperationRecord(recording, { buckets: detail.buckets }),
    requests: recording.requests.map((request) => toRequestRecord(request, detail)),
    ownFailures: recording.ownFailures > 0 ? recording.ownFailures : undefined,
    iterations: toOperationRecord(recording.iterations, detail),
    errors: toErrorRecords(recording.errors),
    metrics: recording.metrics.map((metric) => toMetricRecord(metric, detail.buckets)),
    checks: recording.checks.length > 0 ? recording.checks : undefined,
    groups:
      recording.groups.length > 0
        ? recording.groups.map((group) => toOperationRecord(group, detail))
        : undefined,
    arrivals: recording.arrivals && toArrivalsRecord(recording.arrivals, detail.buckets),
    sockets: toSocketsRecord(recording.sockets),
    connections: toConnectionsRecord(recording.connections, detail.buckets),
  }
}

const fromRecordingRecord = (
  { duration, whole, requests, ownFailures = 0, iterations, errors, ...rest }: RecordingRecord,
  timeline: readonly Window[] = [],
): RecordingSummary => {
  const run = fromOperationRecord('run', whole, timeline)
  return {
    ...run,
    duration,
    requests: requests.map(fromRequestRecord),
    ownFailures,
    iterations: fromOperationRecord('iterations', iterations),
    errors,
    metrics: rest.metrics.map(fromMetricRecord),
    checks: rest.checks ?? [],
    groups: (rest.groups ?? []).map((group) => fromOperationRecord('group', group)),
    arrivals: rest.arrivals && fromArrivalsRecord(rest.arrivals),
    sockets: fromSocketsRecord(rest.sockets, duration),
    connections: fromConnectionsRecord(rest.connections, run.cold),
  }
}
