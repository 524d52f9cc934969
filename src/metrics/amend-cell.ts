import { bucketMiddle, bucketOf } from '../stats/bucket.ts'
import { coarseBucket } from '../stats/coarse-pairs.ts'
import { Histogram } from '../stats/histogram.ts'
import type { Cell } from './cell.ts'

/** The cell with one success made a failure; `undefined` when it holds no such success. */
export function failOne(cell: Cell, latency: number): Cell | undefined {
  const histogram = new Histogram()
  histogram.merge(cell.latency)
  if (!histogram.remove(latency) && !histogram.remove(within(cell, latency))) return undefined
  return { ...cell, ok: cell.ok - 1, failed: cell.failed + 1, latency: histogram.data() }
}

/** The cell with one failure made a success; `undefined` when it holds no failure. */
export function restoreOne(cell: Cell, latency: number): Cell | undefined {
  if (cell.failed === 0) return undefined
  const histogram = new Histogram()
  histogram.merge(cell.latency)
  histogram.record(latency)
  return { ...cell, ok: cell.ok + 1, failed: cell.failed - 1, latency: histogram.data() }
}

/** A latency as a cell of joined windows holds it. */
const within = ({ coarse = 0 }: Cell, latency: number): number =>
  bucketMiddle(coarseBucket(bucketOf(latency), coarse))
