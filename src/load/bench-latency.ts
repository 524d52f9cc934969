import type { Statistics } from 'tinybench'
import { sampleQuantile } from '../stats/sample-quantile.ts'
import type { Ms } from '../units/units.ts'

/** tinybench's latency, with the percentiles that it leaves out. */
export type BenchLatency = Statistics & { readonly p90: Ms; readonly p95: Ms }

/** Adds p90 and p95. @throws Error when tinybench kept no samples to take them from */
export function withPercentiles(latency: Statistics): BenchLatency {
  // tinybench keeps its samples sorted.
  const { samples } = latency
  if (samples === undefined) throw new Error('tinybench kept no samples: set retainSamples')
  const at = (ratio: number): Ms => sampleQuantile(samples, ratio) ?? samples[0]
  return { ...latency, p90: at(0.9), p95: at(0.95) }
}
