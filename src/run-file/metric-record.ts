import type { MetricFigures } from '../metrics/metric-store.ts'
import type { MetricSummary } from '../metrics/own-metrics.ts'
import {
  fromDistributionRecord,
  toDistributionRecord,
  type DistributionRecord,
} from './distribution-record.ts'

/** The figures of a metric; the values of a timing are packed. */
type FiguresRecord =
  | Exclude<MetricFigures, { kind: 'timing' }>
  | {
      readonly kind: 'timing'
      readonly name: string
      readonly values?: DistributionRecord | undefined
    }

/** A metric of the suite's own, as the run file keeps it. */
export type MetricRecord = FiguresRecord & {
  /** Absent when no value had a tag, as in older files. */
  readonly tagged?:
    | readonly (FiguresRecord & { readonly tag: string; readonly value: string })[]
    | undefined
}

/** Buckets in the shape of a timing under one value of a tag, of which there may be a hundred. */
const TAGGED_BUCKETS = 40

export function toMetricRecord(metric: MetricSummary, buckets: number): MetricRecord {
  const { tagged, ...figures } = metric
  const record = packed(figures, buckets)
  if (tagged === undefined) return record
  return {
    ...record,
    tagged: tagged.map(({ tag, value, ...each }) => ({
      ...packed(each, TAGGED_BUCKETS),
      tag,
      value,
    })),
  }
}

export function fromMetricRecord({ tagged, ...record }: MetricRecord): MetricSummary {
  const figures = unpacked(record)
  if (tagged === undefined) return figures
  return {
    ...figures,
    tagged: tagged.map(({ tag, value, ...each }) => ({ ...unpacked(each), tag, value })),
  }
}

const packed = (metric: MetricFigures, buckets: number): FiguresRecord =>
  metric.kind === 'timing'
    ? { ...metric, values: toDistributionRecord(metric.values, buckets) }
    : metric

const unpacked = (record: FiguresRecord): MetricFigures =>
  record.kind === 'timing'
    ? { ...record, values: fromDistributionRecord(record.name, record.values) }
    : record
