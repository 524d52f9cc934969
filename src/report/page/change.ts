import type { PercentileIntervals } from '../../limits/percentile-intervals.ts'
import { formatNumber } from '../../units/format.ts'
import type { Ms } from '../../units/units.ts'
import type { Change } from './report-page.ts'

/** A percentile with the interval that it lies in, where that is known. */
export interface Measured {
  readonly value: Ms | undefined
  readonly interval?: PercentileIntervals['p95'] | undefined
}

/** Without intervals, less of a change than this is what any two runs differ by. */
const NOISE = 0.1

/**
 * How a time differs from the baseline's. One whose interval overlaps with that of the baseline may be
 * the same.
 */
export function changeOf(own: Measured, baseline: Measured): Change | undefined {
  const { value } = own
  if (value === undefined || baseline.value === undefined || baseline.value <= 0) return undefined
  const change = value / baseline.value - 1
  const same = overlap(own, baseline) ?? Math.abs(change) < NOISE
  return { text: signed(change), tone: same ? 'noise' : change > 0 ? 'worse' : 'better' }
}

/** `undefined` where an interval is not known. */
function overlap({ interval: left }: Measured, { interval: right }: Measured): boolean | undefined {
  if (left === undefined || right === undefined) return undefined
  const high = (end: typeof left.high): number => (typeof end === 'number' ? end : Infinity)
  return (left.low ?? 0) <= high(right.high) && (right.low ?? 0) <= high(left.high)
}

/** `+12 %`, `−3 %` */
function signed(change: number): string {
  const percent = Math.abs(change) * 100
  if (percent < 0.05) return '±0 %'
  const text = formatNumber(percent < 10 ? Number(percent.toFixed(1)) : Math.round(percent))
  return `${change < 0 ? '−' : '+'}${text} %`
}
