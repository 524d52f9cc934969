import { EMPTY_HISTOGRAM, quantile, type HistogramData } from '../stats/histogram.ts'
import type { Ms } from '../units/units.ts'
import type { Course } from './course.ts'

/**
 * A distribution of times, in milliseconds, as plain data. Mean, minimum, maximum and percentiles
 * are of the successes; `undefined` when there were none. Percentiles are by nearest rank, within
 * 0.05 %; the others are exact.
 */
export interface Distribution {
  readonly kind: 'distribution'
  /** What it is a distribution of: `ttft of stream`. */
  readonly label: string
  /** How many values there are. */
  readonly count: number
  /** Operations that should have given a value and failed: infinitely slow under a percentile limit. */
  readonly failed: number
  /** Values missing for the dropped arrivals of an open load: infinitely slow just the same. */
  readonly dropped: number
  readonly mean: Ms | undefined
  readonly min: Ms | undefined
  readonly max: Ms | undefined
  readonly p50: Ms | undefined
  readonly p75: Ms | undefined
  readonly p90: Ms | undefined
  readonly p95: Ms | undefined
  readonly p99: Ms | undefined
  readonly p999: Ms | undefined
  readonly histogram: HistogramData
  /** How long operations had lasted without giving a value when the end of the run cut them off. */
  readonly cutOff: HistogramData
  /** Where its course is; known in the process that recorded it only, and not enumerable. */
  readonly course?: Course | undefined
}

/** The percentiles that every distribution reports. */
export const PERCENTILES = { p50: 50, p75: 75, p90: 90, p95: 95, p99: 99, p999: 99.9 } as const

/** The same distribution in another course, where it has one. */
export function inCourse(values: Distribution, windows: Course['windows']): Distribution {
  if (values.course === undefined) return values
  const copy = { ...values }
  Object.defineProperty(copy, 'course', { value: { ...values.course, windows } })
  return copy
}

/** What a distribution knows besides its values. */
type Beside = Partial<Pick<Distribution, 'failed' | 'dropped' | 'cutOff' | 'course'>>

export function distribution(
  label: string,
  histogram: HistogramData,
  { failed = 0, dropped = 0, cutOff = EMPTY_HISTOGRAM, course }: Beside = {},
): Distribution {
  const at = (percentile: number): Ms | undefined => quantile(histogram, percentile)
  const values: Distribution = {
    kind: 'distribution',
    label,
    count: histogram.count,
    failed,
    dropped,
    mean: histogram.count === 0 ? undefined : histogram.sum / histogram.count,
    min: histogram.min,
    max: histogram.max,
    p50: at(50),
    p75: at(75),
    p90: at(90),
    p95: at(95),
    p99: at(99),
    p999: at(99.9),
    histogram,
    cutOff,
  }
  if (course !== undefined) Object.defineProperty(values, 'course', { value: course })
  return values
}
