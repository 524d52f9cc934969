import { sampleQuantile } from '../stats/sample-quantile.ts'
import type { Ms, Percentile, PerSecond } from '../units/units.ts'

/** Latencies of a function as tinybench sums them up; `p90` and `p95` are there after `measure`. */
interface BenchLatency {
  readonly mean: Ms
  readonly min: Ms
  readonly max: Ms
  readonly p50: Ms
  readonly p75: Ms
  readonly p90?: Ms | undefined
  readonly p95?: Ms | undefined
  readonly p99: Ms
  readonly p995: Ms
  readonly p999: Ms
  readonly samplesCount: number
  /** Present with `retainSamples` only. */
  readonly samples?: readonly Ms[] | undefined
}

/** A result of Vitest's own `bench` or of `measure`: tinybench's shape, whoever made it. */
export interface BenchResultLike {
  readonly name?: string | undefined
  readonly latency: BenchLatency
  readonly throughput: { readonly mean: PerSecond }
}

const FIELDS = {
  50: 'p50',
  75: 'p75',
  90: 'p90',
  95: 'p95',
  99: 'p99',
  99.5: 'p995',
  99.9: 'p999',
} as const

/** Duck-typed like Vitest's own `toBeFasterThan`, and by the count of samples. */
export function isBenchResult(value: object): value is BenchResultLike {
  if (!('latency' in value) || !('throughput' in value)) return false
  const { latency } = value
  return typeof latency === 'object' && latency !== null && 'samplesCount' in latency
}

/** A percentile as the result states it, else from its samples, else `undefined`: it cannot be known. */
export function benchPercentile(
  { latency }: BenchResultLike,
  percentile: Percentile,
): Ms | undefined {
  const field = Object.hasOwn(FIELDS, percentile)
    ? FIELDS[percentile as keyof typeof FIELDS]
    : undefined
  const stated = field === undefined ? undefined : latency[field]
  if (stated !== undefined) return stated
  const sorted = latency.samples?.toSorted((left, right) => left - right)
  return sorted === undefined ? undefined : sampleQuantile(sorted, percentile / 100)
}
