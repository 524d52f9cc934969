import {
  BoundedSeries,
  keepHigher,
  meanOverTime,
  type Merge,
  type SeriesPoint,
} from '../monitors/bounded-series.ts'
import type { CpuSummary, MemorySummary } from '../monitors/monitor.ts'

/** A course over time, flat: `[at, value, at, value, …]`. */
export type FlatSeries = readonly number[]

export type MemoryRecord = Flat<MemorySummary>
export type CpuRecord = Flat<CpuSummary>

type Flat<T> = {
  readonly [K in keyof T as undefined extends T[K] ? never : K]: K extends 'series'
    ? FlatSeries
    : T[K]
} & {
  readonly [K in keyof T as undefined extends T[K] ? K : never]?: T[K]
}

/** Points kept of a course. */
const MOST_POINTS = 120

export const toMemoryRecord = ({ series, ...figures }: MemorySummary): MemoryRecord => ({
  ...figures,
  series: flatten(series, keepHigher),
})

export const toCpuRecord = ({ series, ...figures }: CpuSummary): CpuRecord => ({
  ...figures,
  series: flatten(series, meanOverTime),
})

export const fromMemoryRecord = ({ series, ...figures }: MemoryRecord): MemorySummary => {
  const none = { start: undefined, end: undefined, peak: undefined, min: undefined }
  return { ...none, growth: undefined, ...figures, series: points(series) }
}

export const fromCpuRecord = ({ series, ...figures }: CpuRecord): CpuSummary => ({
  mean: undefined,
  peak: undefined,
  ...figures,
  series: points(series),
})

export function flatten(series: readonly SeriesPoint[], merge: Merge): FlatSeries {
  const bounded = new BoundedSeries(merge, MOST_POINTS)
  for (const [index, { at, value }] of series.entries()) {
    bounded.add({ at, value, span: at - (series[index - 1]?.at ?? 0) })
  }
  return bounded.points().flatMap(({ at, value }) => [Math.round(at), Number(value.toPrecision(9))])
}

export function points(flat: FlatSeries): readonly SeriesPoint[] {
  const all: SeriesPoint[] = []
  for (let at = 0; at + 1 < flat.length; at += 2) {
    all.push({ at: flat[at] as number, value: flat[at + 1] as number })
  }
  return all
}
