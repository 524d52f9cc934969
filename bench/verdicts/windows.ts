import type { Window } from '../../src/metrics/timeline.ts'
import { EMPTY_HISTOGRAM, Histogram } from '../../src/stats/histogram.ts'

/** Successes spread evenly over so many seconds, as a timeline keeps them. */
export function windowsOf(latencies: readonly number[], seconds = 60): readonly Window[] {
  const histogram = new Histogram()
  return Array.from({ length: seconds }, (_, second): Window => {
    const from = Math.round((second * latencies.length) / seconds)
    const to = Math.round(((second + 1) * latencies.length) / seconds)
    histogram.clear()
    for (const each of latencies.slice(from, to)) histogram.record(each)
    const latency = histogram.data()
    const counts = { ok: latency.count, failed: 0, aborted: 0, latency }
    return { at: second * 1_000, width: 1_000, users: undefined, ...counts }
  })
}

/** The seconds of one user who calls again and again: so many calls in a minute on average. */
export function pacedWindows(
  latencies: readonly number[],
  { mean, perMinute }: { readonly mean: number; readonly perMinute: number },
): readonly Window[] {
  const counts = Array.from({ length: 61 }, () => 0)
  let at = 0
  for (const each of latencies) {
    at += (each / mean) * (60_000 / perMinute)
    const second = Math.floor(at / 1_000)
    if (second > 60) break
    counts[second] = (counts[second] ?? 0) + 1
  }
  return counts.map((ok, second): Window => {
    const rest = { failed: 0, aborted: 0, latency: EMPTY_HISTOGRAM }
    return { at: second * 1_000, width: 1_000, users: undefined, ok, ...rest }
  })
}
