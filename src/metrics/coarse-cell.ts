import { coarsePairs, COARSEST } from '../stats/coarse-pairs.ts'
import type { HistogramData } from '../stats/histogram.ts'
import type { Cell, Coarse, WindowTime } from './cell.ts'

/** Buckets in a histogram of joined windows: about 1 % wide for answers that spread over a factor of ten. */
const MOST_BUCKETS = 256

/** A cell that takes no more room however much was recorded in it. */
export function coarsened(cell: Cell): Cell {
  const { latency, times = {}, coarse = {} } = cell
  const all = Object.entries({ latency, ...times }) as ['latency' | WindowTime, HistogramData][]
  const done = all.map(([name, data]) => [name, coarser(data, coarse[name] ?? 0)] as const)
  const made = done.filter(([, { bits }]) => bits > 0)
  if (made.length === 0) return cell
  const { latency: ofCell = latency, ...rest } = Object.fromEntries(
    done.map(([name, { data }]) => [name, data]),
  ) as Partial<Record<'latency' | WindowTime, HistogramData>>
  return {
    ...cell,
    latency: ofCell,
    ...(cell.times !== undefined && { times: rest }),
    coarse: Object.fromEntries(made.map(([name, { bits }]) => [name, bits])) satisfies Coarse,
  }
}

function coarser(data: HistogramData, before: number): { data: HistogramData; bits: number } {
  let bits = before
  let buckets = coarsePairs(data.buckets, bits)
  while (buckets.length > MOST_BUCKETS * 2 && bits < COARSEST)
    buckets = coarsePairs(buckets, ++bits)
  return bits === 0 ? { data, bits } : { data: { ...data, buckets }, bits }
}
