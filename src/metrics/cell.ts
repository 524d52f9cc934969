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
  return {
    ok: total((cell) => cell.ok),
    failed: total((cell) => cell.failed),
    aborted: total((cell) => cell.aborted),
    latency: mergeHistograms(cells.map((cell) => cell.latency)),
    ...(tokens !== undefined && { tokens }),
  }
}

/** `undefined` where nothing is known. */
export function sumOf(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined)
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0)
}
