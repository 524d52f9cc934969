import type { Percentile } from '../units/units.ts'

/**
 * Samples from which on a percentile by nearest rank is another one than the slowest: 20 for p95, 100 for
 * p99, 1,000 for p99.9. `undefined` for p100, which is the slowest.
 */
export const samplesFor = (percentile: Percentile): number | undefined =>
  percentile >= 100 ? undefined : Math.ceil(Number((100 / (100 - percentile)).toPrecision(12)))

/** How a percentile was come by. */
export interface Resting {
  readonly percentile: Percentile
  /** `latency of checkout`, `TTFT of stream`. */
  readonly label: string
  readonly samples: number
  /** `requests`, `samples`. */
  readonly noun: string
}

/** What to say of a percentile that rests on too few samples; `undefined` for enough, and for none. */
export function fewSamples({ percentile, label, samples, noun }: Resting): string | undefined {
  const least = samplesFor(percentile)
  if (least === undefined || samples === 0 || samples >= least) return undefined
  const what = `p${percentile} ${label.replace(/^latency of /, 'of ')}`
  const some = samples === 1 ? noun.replace(/s$/, '') : noun
  const needed = least.toLocaleString('en-US')
  return `${what} rests on ${samples} ${some}: at least ${needed} are needed to tell it from the slowest`
}
