import { timedValues, type TimedValues } from '../limits/prove-percentile.ts'
import type { Distribution } from '../metrics/distribution.ts'
import { countAbove, quantile } from '../stats/histogram.ts'
import type { Ms, Percentile } from '../units/units.ts'
import { benchPercentile, type BenchResultLike } from './bench-result.ts'
import { isOperation, nounOf, type Operation, type Subject } from './subjects.ts'

/** Whether failures count as infinitely slow, or are left out. */
export type Of = 'all' | 'successes'

/** What the latency matchers read from any of their subjects. */
export interface LatencyReading {
  /** `latency of chat`, `TTFT of stream`. */
  readonly label: string
  /** What is counted: `requests`, `iterations`, `samples`. */
  readonly noun: string
  readonly ok: number
  readonly failed: number
  readonly mean: Ms | undefined
  readonly max: Ms | undefined
  /** `Infinity` is a failure's; `undefined` when there is nothing to read it from. */
  readonly percentile: (percentile: Percentile, of: Of) => Ms | undefined
  /** False when failures cannot be in it: a bench, a timing of the suite's own. */
  readonly canFail: boolean
  readonly operation?: Operation
  readonly values?: Distribution
  /** Operations cut off after more than the limit: see `againstLimit`. */
  readonly late?: { readonly count: number; readonly limit: Ms }
  readonly bench?: BenchResultLike
}

/**
 * The reading for a limit: what the end of the run cut off after longer than that is known to be slower,
 * though it is not known by how much.
 */
export function againstLimit(reading: LatencyReading, limit: Ms): LatencyReading {
  const { values } = reading
  const count = values === undefined ? 0 : countAbove(values.cutOff, limit)
  if (values === undefined || count === 0) return reading
  const percentile = (percent: Percentile, of: Of): Ms | undefined =>
    quantile(values.histogram, percent, of === 'all' ? values.failed + values.dropped + count : 0)
  return { ...reading, percentile, late: { count, limit } }
}

/** The values of a reading in their course; `undefined` where that is not known. */
export function timedReading({ values, late }: LatencyReading, of: Of): TimedValues | undefined {
  return values && timedValues(values, { failures: of === 'all', cutOff: late?.count ?? 0 })
}

/** The reading of a subject; `undefined` when it has no latency. */
export function latencyReading(subject: Subject): LatencyReading | undefined {
  if (isOperation(subject)) {
    const reading = ofDistribution(subject.latency)
    return { ...reading, noun: nounOf(subject), operation: subject }
  }
  switch (subject.kind) {
    case 'distribution':
      return ofDistribution(subject)
    case 'timing':
      return { ...ofDistribution(subject.values), label: `time of ${subject.name}`, canFail: false }
    case 'bench':
      return ofBench(subject)
    case 'memory':
    case 'cpu':
    case 'retained':
    case 'check':
    case 'messages':
    case 'counter':
    case 'gauge':
    case 'rate':
    case 'ab':
    case 'capacity':
      return undefined
    default:
      return subject satisfies never
  }
}

function ofDistribution(values: Distribution): LatencyReading {
  const { label, count: ok, failed, dropped, mean, max, histogram } = values
  const percentile = (percent: Percentile, of: Of): Ms | undefined =>
    quantile(histogram, percent, of === 'all' ? failed + dropped : 0)
  return { label, noun: 'samples', ok, failed, mean, max, percentile, canFail: true, values }
}

function ofBench(result: BenchResultLike): LatencyReading {
  const { mean, max, samplesCount: ok } = result.latency
  const label = `latency of ${result.name ?? 'the benchmark'}`
  const percentile = (percent: Percentile): Ms | undefined => benchPercentile(result, percent)
  return {
    label,
    noun: 'samples',
    ok,
    failed: 0,
    mean,
    max,
    percentile,
    canFail: false,
    bench: result,
  }
}
