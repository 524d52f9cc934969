import { PERCENTILES, type Distribution } from '../metrics/distribution.ts'
import type { Ms } from '../units/units.ts'
import { packBuckets, unpackBuckets, type BucketSteps } from './bucket-steps.ts'

/**
 * A distribution as the run file keeps it. Figures are those that were measured; only the shape
 * (`steps`) may be coarser. A figure without any value is absent.
 */
export interface DistributionRecord {
  readonly count: number
  readonly failed: number
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
}

type Figures = Omit<Distribution, 'kind' | 'label' | 'histogram'>

/** Nothing for a distribution that nothing was recorded in. `most` bounds the buckets of its shape. */
export function toDistributionRecord(
  { kind: _kind, label: _label, histogram, ...figures }: Distribution,
  most: number,
): DistributionRecord | undefined {
  if (figures.count === 0 && figures.failed === 0) return undefined
  return { ...present(figures), steps: packBuckets(histogram.buckets, most) }
}

/** The distribution again, with the very figures that were measured. */
export function fromDistributionRecord(
  label: string,
  record: DistributionRecord = NOTHING,
): Distribution {
  const { steps, ...kept } = record
  const { count, mean = 0, min, max } = kept
  const histogram = { count, sum: mean * count, min, max, buckets: unpackBuckets(steps) }
  return { kind: 'distribution', label, ...UNKNOWN, ...kept, histogram }
}

const NOTHING: DistributionRecord = { count: 0, failed: 0, steps: [] }

const UNKNOWN = Object.fromEntries(
  ['mean', 'min', 'max', ...Object.keys(PERCENTILES)].map((name) => [name, undefined]),
) as Omit<Figures, 'count' | 'failed'>

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

function present({ count, failed, ...figures }: Figures): Omit<DistributionRecord, 'steps'> {
  const known = Object.entries(figures).filter(([, value]) => value !== undefined)
  return { count, failed, ...(Object.fromEntries(known) as Present<typeof figures>) }
}
