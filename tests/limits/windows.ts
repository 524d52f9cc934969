import type { Window } from '../../src/metrics/timeline.ts'
import { Histogram, mergeHistograms, type HistogramData } from '../../src/stats/histogram.ts'

/** What happened in a second: latencies of successes, and failures. */
export interface Second {
  readonly took: readonly number[]
  readonly failed?: number
}

/** The windows of a run, a second each. */
export const windowsOf = (seconds: readonly Second[]): readonly Window[] =>
  seconds.map(({ took, failed = 0 }, at): Window => {
    const histogram = new Histogram()
    for (const each of took) histogram.record(each)
    const latency = histogram.data()
    const counts = { ok: latency.count, failed, aborted: 0, latency }
    return { at: at * 1_000, width: 1_000, users: undefined, ...counts }
  })

/** All latencies of windows. */
export const allOf = (timeline: readonly Window[]): HistogramData =>
  mergeHistograms(timeline.map(({ latency }) => latency))

/** So many seconds, each with `quick` answers of 100 ms and `slow` ones of 500 ms. */
export const seconds = (
  many: number,
  { quick, slow = 0, failed = 0 }: { quick: number; slow?: number; failed?: number },
): readonly Second[] =>
  Array.from({ length: many }, () => ({
    took: [...Array<number>(quick).fill(100), ...Array<number>(slow).fill(500)],
    failed,
  }))
