import { EMPTY_HISTOGRAM, type HistogramData } from '../stats/histogram.ts'
import type { WindowTime } from './cell.ts'
import type { Window } from './timeline.ts'

/** Values of a time in a stretch of the run, and the failures in it that owe one. */
export interface TimedWindow {
  /** Of the latency, or of whatever time it is. */
  readonly latency: HistogramData
  readonly failed: number
}

/** Where the course of a distribution is found: which time of which windows. */
export interface Course {
  readonly windows: readonly Window[]
  readonly of: 'latency' | WindowTime
  /** Whose failures owe a value: those of all operations, of those that stream, or of none. */
  readonly owing: 'all' | 'streams' | 'none'
}

/** The values of a distribution in the course of its run. */
export function courseOf({ windows, of, owing }: Course): readonly TimedWindow[] {
  if (of === 'latency' && owing === 'all') return windows
  return windows.map(({ latency, times, failed, streamFailed = 0 }) => ({
    latency: of === 'latency' ? latency : (times?.[of] ?? EMPTY_HISTOGRAM),
    failed: owing === 'all' ? failed : owing === 'streams' ? streamFailed : 0,
  }))
}
