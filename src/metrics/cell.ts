import { coarsePairs, COARSEST } from '../stats/coarse-pairs.ts'
import { EMPTY_HISTOGRAM, mergeHistograms, type HistogramData } from '../stats/histogram.ts'

/** What one series did in one window. */
export interface Cell {
  readonly ok: number
  readonly failed: number
  readonly aborted: number
  /** Latencies of the successes. */
  readonly latency: HistogramData
  /** Tokens that arrived in it, of whatever streams; only where some did. */
  readonly tokens?: number | undefined
  /** So many times two neighbouring buckets of `latency` became one; absent where they did not. */
  readonly coarse?: number | undefined
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
  const coarse = Math.max(...cells.map((cell) => cell.coarse ?? 0))
  return {
    ok: total((cell) => cell.ok),
    failed: total((cell) => cell.failed),
    aborted: total((cell) => cell.aborted),
    latency: mergeHistograms(cells.map((cell) => cell.latency)),
    ...(tokens !== undefined && { tokens }),
    ...(coarse > 0 && { coarse }),
  }
}

/** Buckets in a cell of joined windows: between 1 and 2 % wide for answers that spread over a factor of ten. */
const MOST_BUCKETS = 256

/** A cell that takes no more room however much was recorded in it. */
export function coarsened(cell: Cell, most = MOST_BUCKETS): Cell {
  const { latency } = cell
  let bits = cell.coarse ?? 0
  let buckets = coarsePairs(latency.buckets, bits)
  while (buckets.length > most * 2 && bits < COARSEST) buckets = coarsePairs(buckets, ++bits)
  return bits === 0 ? cell : { ...cell, coarse: bits, latency: { ...latency, buckets } }
}

/** `undefined` where nothing is known. */
export function sumOf(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined)
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0)
}
