import type { PercentileIntervals } from '../limits/percentile-intervals.ts'
import { PERCENTILES, type Distribution } from '../metrics/distribution.ts'
import { EMPTY_HISTOGRAM, type HistogramData } from '../stats/histogram.ts'
import type { Ms } from '../units/units.ts'
import { packBuckets, unpackBuckets, type BucketSteps } from './bucket-steps.ts'

/**
 * A distribution as the run file keeps it. Figures are those that were measured; only the shape
 * (`steps`) may be coarser. A figure without any value is absent.
 */
export interface DistributionRecord {
  readonly count: number
  readonly failed: number
  /** Absent when none was. */
  readonly dropped?: number
  readonly mean?: Ms
  readonly min?: Ms
  readonly max?: Ms
  readonly p50?: Ms
  readonly p75?: Ms
  readonly p90?: Ms
  readonly p95?: Ms
  readonly p99?: Ms
  readonly p999?: Ms
  readonly steps: BucketSteps
  /** Between what the percentiles of a time other than the latency lie; absent where that is not known. */
  readonly intervals?: PercentileIntervals
  /** Of what the end of the run cut off; absent when it cut off nothing. */
  readonly cutOff?: HistogramRecord
}

/** A histogram as it is; the figures are exact. */
interface HistogramRecord {
  readonly count: number
  readonly sum: number
  readonly min: number
  readonly max: number
  readonly steps: BucketSteps
}

type Figures = Omit<Distribution, 'kind' | 'label' | 'histogram' | 'cutOff' | 'course'>

/** Nothing for a distribution that nothing was recorded in. `most` bounds the buckets of its shape. */
export function toDistributionRecord(
  { kind: _kind, label: _label, histogram, cutOff, ...figures }: Distribution,
  most: number,
): DistributionRecord | undefined {
  const { count, failed, dropped } = figures
  if (count + failed + dropped + cutOff.count === 0) return undefined
  return {
    ...present(figures),
    steps: packBuckets(histogram.buckets, most),
    ...(cutOff.count > 0 && { cutOff: toHistogramRecord(cutOff, most) }),
  }
}

/** The distribution again, with the very figures that were measured. */
export function fromDistributionRecord(
  label: string,
  record: DistributionRecord = NOTHING,
): Distribution {
  const { steps, cutOff, intervals: _intervals, ...kept } = record
  const { count, mean = 0, min, max } = kept
  const histogram = { count, sum: mean * count, min, max, buckets: unpackBuckets(steps) }
  return {
    kind: 'distribution',
    label,
    dropped: 0,
    ...UNKNOWN,
    ...kept,
    histogram,
    cutOff: fromHistogramRecord(cutOff),
  }
}

const toHistogramRecord = (
  { count, sum, min = 0, max = 0, buckets }: HistogramData,
  most: number,
): HistogramRecord => ({ count, sum, min, max, steps: packBuckets(buckets, most) })

function fromHistogramRecord(record: HistogramRecord | undefined): HistogramData {
  if (record === undefined) return EMPTY_HISTOGRAM
  const { steps, ...figures } = record
  return { ...figures, buckets: unpackBuckets(steps) }
}

const NOTHING: DistributionRecord = { count: 0, failed: 0, steps: [] }

const UNKNOWN = Object.fromEntries(
  ['mean', 'min', 'max', ...Object.keys(PERCENTILES)].map((name) => [name, undefined]),
) as Omit<Figures, 'count' | 'failed' | 'dropped'>

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

function present({
  count,
  failed,
  dropped,
  ...figures
}: Figures): Omit<DistributionRecord, 'steps'> {
  const known = Object.entries(figures).filter(([, value]) => value !== undefined)
  return {
    count,
    failed,
    ...(dropped > 0 && { dropped }),
    ...(Object.fromEntries(known) as Present<typeof figures>),
  }
}
