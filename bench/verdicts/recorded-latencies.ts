import { joinOperations } from '../../src/metrics/join-operations.ts'
import { distribution } from '../../src/metrics/distribution.ts'
import type { OperationSummary } from '../../src/metrics/summary.ts'
import { Histogram } from '../../src/stats/histogram.ts'

/** An operation of which nothing is known but the latencies of its successes. */
export function recordedLatencies(name: string, latencies: readonly number[]): OperationSummary {
  const histogram = new Histogram()
  for (const each of latencies) histogram.record(each)
  const nothing = joinOperations(name, [])
  const count = latencies.length
  return { ...nothing, count, ok: count, latency: distribution('latency', histogram.data()) }
}
