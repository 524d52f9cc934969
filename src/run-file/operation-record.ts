import { percentileIntervals, type PercentileIntervals } from '../limits/percentile-intervals.ts'
import type { Distribution } from '../metrics/distribution.ts'
import type { OutcomeKind } from '../metrics/outcome.ts'
import type { OperationSummary, RequestSummary } from '../metrics/summary.ts'
import type { Window } from '../metrics/timeline.ts'
import type { PerSecond, Ratio } from '../units/units.ts'
import {
  fromDistributionRecord,
  toDistributionRecord,
  type DistributionRecord,
} from './distribution-record.ts'
import { fromTokensRecord, toTokensRecord, type TokensRecord } from './tokens-record.ts'
import { toCourse, type CourseRecord, type EpochRecord } from './timeline-record.ts'

/** An operation as the run file keeps it: its summary with smaller distributions. */
export interface OperationRecord {
  readonly name: string
  readonly count: number
  readonly ok: number
  readonly failed: number
  readonly aborted: number
  readonly outcomes: Readonly<Partial<Record<OutcomeKind, number>>>
  readonly successRate?: Ratio | undefined
  readonly errorRate?: Ratio | undefined
  readonly throughput?: PerSecond | undefined
  /** A distribution that nothing was recorded in is absent. */
  readonly latency?: DistributionRecord | undefined
  /** Between what the percentiles of the latency lie; absent where that is not known, and from older files. */
  readonly intervals?: PercentileIntervals | undefined
  /** Only of an open load. */
  readonly service?: DistributionRecord | undefined
  readonly ttfb?: DistributionRecord | undefined
  readonly cold?: DistributionRecord | undefined
  readonly ttft?: DistributionRecord | undefined
  readonly ttfo?: DistributionRecord | undefined
  readonly ttst?: DistributionRecord | undefined
  readonly ttct?: DistributionRecord | undefined
  readonly gap?: DistributionRecord | undefined
  readonly tpot?: DistributionRecord | undefined
  readonly stopLatency?: DistributionRecord | undefined
  /** Absent when nothing streamed. */
  readonly tokens?: TokensRecord | undefined
  /** On the epochs of the run. */
  readonly course?: CourseRecord | undefined
}

export interface RequestRecord extends OperationRecord {
  /** Absent when there are none. */
  readonly tags?: readonly string[] | undefined
  readonly parts: readonly OperationRecord[]
}

/** How much of an operation is kept. */
export interface Detail {
  /** The most buckets in the shape of a distribution. */
  readonly buckets: number
  /** The epochs of the run, to keep the course of each operation on. */
  readonly epochs?: readonly EpochRecord[]
}

export function toOperationRecord(operation: OperationSummary, detail: Detail): OperationRecord {
  const { name, count, ok, failed, aborted, outcomes, successRate, errorRate } = operation
  const { buckets, epochs } = detail
  const timesRecord = (values: Distribution): DistributionRecord | undefined => {
    const record = toDistributionRecord(values, buckets)
    const intervals = percentileIntervals(values)
    return record && intervals ? { ...record, intervals } : record
  }
  return {
    name,
    count,
    ok,
    failed,
    aborted,
    outcomes,
    successRate,
    errorRate,
    throughput: operation.throughput.mean,
    latency: toDistributionRecord(operation.latency, buckets),
    intervals: percentileIntervals(operation.latency),
    service: toDistributionRecord(operation.service, buckets),
    ttfb: timesRecord(operation.ttfb),
    cold: toDistributionRecord(operation.cold, buckets),
    ttft: timesRecord(operation.ttft),
    ttfo: timesRecord(operation.ttfo),
    ttst: timesRecord(operation.ttst),
    ttct: timesRecord(operation.ttct),
    gap: timesRecord(operation.gap),
    tpot: timesRecord(operation.tpot),
    stopLatency: timesRecord(operation.stopLatency),
    tokens: toTokensRecord(operation.tokens),
    ...(epochs !== undefined && { course: toCourse(operation.timeline, epochs) }),
  }
}

/** The calls that a request consists of are kept without their course. */
export const toRequestRecord = (request: RequestSummary, detail: Detail): RequestRecord => ({
  ...toOperationRecord(request, detail),
  tags: request.tags.length === 0 ? undefined : request.tags,
  parts: request.parts.map((part) => toOperationRecord(part, { buckets: detail.buckets })),
})

/** The summary again; only that of the whole run has a timeline. */
export function fromOperationRecord<K extends OperationSummary['kind']>(
  kind: K,
  record: OperationRecord,
  timeline: readonly Window[] = [],
): OperationSummary & { readonly kind: K } {
  const { name, count, ok, failed, aborted, outcomes, successRate, errorRate } = record
  return {
    kind,
    name,
    count,
    ok,
    failed,
    aborted,
    outcomes,
    successRate,
    errorRate,
    throughput: { mean: record.throughput },
    latency: fromDistributionRecord(`latency of ${name}`, record.latency),
    service: fromDistributionRecord(`service time of ${name}`, record.service),
    ttfb: fromDistributionRecord(`TTFB of ${name}`, record.ttfb),
    cold: fromDistributionRecord(`cold latency of ${name}`, record.cold),
    ttft: fromDistributionRecord(`TTFT of ${name}`, record.ttft),
    ttfo: fromDistributionRecord(`TTFO of ${name}`, record.ttfo),
    ttst: fromDistributionRecord(`TTST of ${name}`, record.ttst),
    ttct: fromDistributionRecord(`TTCT of ${name}`, record.ttct),
    gap: fromDistributionRecord(`gap of ${name}`, record.gap),
    tpot: fromDistributionRecord(`TPOT of ${name}`, record.tpot),
    stopLatency: fromDistributionRecord(`stop latency of ${name}`, record.stopLatency),
    tokens: fromTokensRecord(record.tokens),
    joint: undefined,
    timeline,
  }
}

export const fromRequestRecord = ({
  parts,
  tags = [],
  ...request
}: RequestRecord): RequestSummary => ({
  ...fromOperationRecord('request', request),
  tags,
  parts: parts.map((part) => ({ ...fromOperationRecord('request', part), tags: [], parts: [] })),
})
