import { EMPTY_HISTOGRAM, mergeHistograms, type HistogramData } from '../stats/histogram.ts'
import type { StreamTime } from './stream-series.ts'

/** The times that windows keep beside the latency. */
export type WindowTime = 'ttfb' | StreamTime
export type WindowTimes = Readonly<Partial<Record<WindowTime, HistogramData>>>

/** How many times two neighbouring buckets became one. */
export type Coarse = Readonly<Partial<Record<'latency' | WindowTime, number>>>

/** What one series did in one window. */
export interface Cell {
  readonly ok: number
  readonly failed: number
  readonly aborted: number
  /** Latencies of the successes. */
  readonly latency: HistogramData
  /** Other times, of those that ended in it; only where there are some. */
  readonly times?: WindowTimes | undefined
  /** Of the failures those of operations that stream; only where there are some. */
  readonly streamFailed?: number | undefined
  /** Tokens that arrived in it, of whatever streams; only where some did. */
  readonly tokens?: number | undefined
  /** Of joined windows: how coarse its histograms are, those that are. */
  readonly coarse?: Coarse | undefined
}

const EMPTY_CELL: Cell = { ok: 0, failed: 0, aborted: 0, latency: EMPTY_HISTOGRAM }

/** Several cells as one: everything is added up. */
export function joinCells(cells: readonly Cell[]): Cell {
  const [only] = cells
  if (only === undefined) return EMPTY_CELL
  if (cells.length === 1) return only
  const total = (pick: (cell: Cell) => number): number =>
    cells.reduce((sum, cell) => sum + pick(cell), 0)
  const tokens = sumOf(cells.map((cell) => cell.tokens))
  const streamFailed = sumOf(cells.map((cell) => cell.streamFailed))
  const times = joinTimes(cells.flatMap((cell) => cell.times ?? []))
  const coarse = coarsestOf(cells.flatMap((cell) => cell.coarse ?? []))
  return {
    ok: total((cell) => cell.ok),
    failed: total((cell) => cell.failed),
    aborted: total((cell) => cell.aborted),
    latency: mergeHistograms(cells.map((cell) => cell.latency)),
    ...(times !== undefined && { times }),
    ...(streamFailed !== undefined && { streamFailed }),
    ...(tokens !== undefined && { tokens }),
    ...(coarse !== undefined && { coarse }),
  }
}

function joinTimes(all: readonly WindowTimes[]): WindowTimes | undefined {
  if (all.length < 2) return all[0]
  const names = new Set(all.flatMap((times) => Object.keys(times) as WindowTime[]))
  return Object.fromEntries(
    [...names].map((name) => [name, mergeHistograms(all.flatMap((times) => times[name] ?? []))]),
  )
}

function coarsestOf(all: readonly Coarse[]): Coarse | undefined {
  if (all.length < 2) return all[0]
  const names = new Set(all.flatMap((each) => Object.keys(each) as (keyof Coarse)[]))
  return Object.fromEntries(
    [...names].map((name) => [name, Math.max(...all.map((each) => each[name] ?? 0))]),
  )
}

/** `undefined` where nothing is known. */
export function sumOf(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined)
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0)
}
