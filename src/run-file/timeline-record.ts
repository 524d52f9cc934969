import { joinCells } from '../metrics/cell.ts'
import type { Window } from '../metrics/timeline.ts'
import { quantile } from '../stats/histogram.ts'
import type { Ms } from '../units/units.ts'
import { packBuckets, unpackBuckets, type BucketSteps } from './bucket-steps.ts'

/** A stretch of the run: what happened in it, with the shape of its latencies. */
export interface EpochRecord {
  /** From the start of the judged time. */
  readonly at: Ms
  readonly width: Ms
  /** The most virtual users active in it. */
  readonly users?: number | undefined
  readonly ok: number
  readonly failed: number
  readonly aborted: number
  /** Of the latencies of the successes. */
  readonly sum: Ms
  readonly min?: Ms | undefined
  readonly max?: Ms | undefined
  readonly steps: BucketSteps
  /** Tokens that arrived in it; absent where none did. */
  readonly tokens?: number | undefined
}

/** The course of one operation: one entry for each epoch of the run, `null` where nothing is known. */
export interface CourseRecord {
  readonly ok: readonly number[]
  readonly failed: readonly number[]
  /** Of the successes. */
  readonly p50: readonly (Ms | null)[]
  readonly p95: readonly (Ms | null)[]
  /** That arrived in each epoch; absent when none ever did. */
  readonly tokens?: readonly number[]
}

/** Epochs in a run, whatever it lasts: more are not told apart in a chart. */
const MOST_EPOCHS = 60
/** Buckets in an epoch: about 2 % wide for answers that spread over a factor of ten. */
const MOST_BUCKETS = 100

/** The windows of a run as at most 60 (or `most`) stretches of equal length. Idle ones are left out. */
export function toEpochs(windows: readonly Window[], most = MOST_EPOCHS): readonly EpochRecord[] {
  return groupWindows(windows, most).map(
    ({ at, width, users, ok, failed, aborted, latency, tokens }) => {
      const { sum, min, max, buckets } = latency
      const steps = packBuckets(buckets, MOST_BUCKETS)
      return { at, width, users, ok, failed, aborted, sum, min, max, steps, tokens }
    },
  )
}

export const fromEpochs = (epochs: readonly EpochRecord[]): readonly Window[] =>
  epochs.map(({ at, width, users, ok, failed, aborted, sum, min, max, steps, tokens }) => {
    const latency = { count: ok, sum, min, max, buckets: unpackBuckets(steps) }
    const window = { at, width, users, ok, failed, aborted, latency }
    return tokens === undefined ? window : { ...window, tokens }
  })

/** The windows of one operation on the epochs of its run. */
export function toCourse(windows: readonly Window[], epochs: readonly EpochRecord[]): CourseRecord {
  let next = 0
  const cells = epochs.map(({ at, width }) => {
    while ((windows[next]?.at ?? Infinity) < at) next++
    const first = next
    while ((windows[next]?.at ?? Infinity) < at + width) next++
    return joinCells(windows.slice(first, next))
  })
  const percentile = (p: number): (Ms | null)[] =>
    cells.map(({ latency }) => rounded(quantile(latency, p)))
  return {
    ok: cells.map((cell) => cell.ok),
    failed: cells.map((cell) => cell.failed),
    p50: percentile(50),
    p95: percentile(95),
    ...(cells.some(({ tokens }) => tokens !== undefined) && {
      tokens: cells.map(({ tokens = 0 }) => tokens),
    }),
  }
}

/** Neighbours joined on a grid that is a multiple of the shortest window. */
function groupWindows(windows: readonly Window[], most: number): readonly Window[] {
  const [first, last] = [windows[0], windows.at(-1)]
  if (first === undefined || last === undefined) return []
  const unit = Math.min(...windows.map((window) => window.width))
  const step = Math.ceil((last.at + last.width - first.at) / most / unit) * unit
  const groups = Map.groupBy(windows, ({ at }) => Math.floor((at - first.at) / step))
  return [...groups.values()].map(joinWindows)
}

function joinWindows(windows: readonly Window[]): Window {
  const [first, last] = [windows[0], windows.at(-1)] as [Window, Window]
  const users = windows.map((window) => window.users).filter((count) => count !== undefined)
  return {
    at: first.at,
    width: last.at + last.width - first.at,
    users: users.length === 0 ? undefined : Math.max(...users),
    ...joinCells(windows),
  }
}

/** Four digits, which is more than a chart shows. */
const rounded = (value: Ms | undefined): Ms | null =>
  value === undefined ? null : Number(value.toPrecision(4))
