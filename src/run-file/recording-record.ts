import type { ErrorGroup } from '../metrics/error-groups.ts'
import type { CheckSummary } from '../metrics/checks.ts'
import type { RecordingSummary } from '../metrics/summary.ts'
import type { Window } from '../metrics/timeline.ts'
import type { Ms } from '../units/units.ts'
import { fromArrivalsRecord, toArrivalsRecord, type ArrivalsRecord } from './arrivals-record.ts'
import {
  fromConnectionsRecord,
  toConnectionsRecord,
  type ConnectionsRecord,
} from './connections-record.ts'
import { toErrorRecords } from './error-record.ts'
import { fromMetricRecord, toMetricRecord, type MetricRecord } from './metric-record.ts'
import {
  fromOperationRecord,
  fromRequestRecord,
  toOperationRecord,
  toRequestRecord,
  type Detail,
  type OperationRecord,
  type RequestRecord,
} from './operation-record.ts'
import { fromSocketsRecord, toSocketsRecord, type SocketsRecord } from './sockets-record.ts'

/** A stretch of recording as the run file keeps it. */
export interface RecordingRecord {
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

export function toRecordingRecord(recording: RecordingSummary, detail: Detail): RecordingRecord {
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

export const fromRecordingRecord = (
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
