import { BoundedSeries, type Merge, type SeriesPoint } from '../monitors/bounded-series.ts'

/** A course over time, flat: `[at, value, at, value, …]`. */
export type FlatSeries = readonly number[]

/** Points kept of a course. */
const MOST_POINTS = 120

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
