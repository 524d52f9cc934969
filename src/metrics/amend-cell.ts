import { bucketMiddle, bucketOf } from '../stats/bucket.ts'
import { coarseBucket } from '../stats/coarse-pairs.ts'
import { Histogram, type HistogramData } from '../stats/histogram.ts'
import type { Ms } from '../units/units.ts'
import type { Cell, WindowTime, WindowTimes } from './cell.ts'
import { latencyOf, ttfbOf, type Sample, type StreamTiming } from './sample.ts'
import { streamTimes } from './stream-series.ts'

/** An operation that turned out otherwise. */
interface Amended {
  readonly latency: Ms
  /** The other times that it has. */
  readonly times: readonly (readonly [WindowTime, Ms])[]
  /** It is one that streams. */
  readonly streaming: boolean
}

/** What a sample changes. */
export function amendedBy(sample: Sample, streaming: boolean, stream?: StreamTiming): Amended {
  const ttfb = ttfbOf(sample)
  const times: (readonly [WindowTime, Ms])[] = stream === undefined ? [] : [...streamTimes(stream)]
  if (ttfb !== undefined) times.push(['ttfb', ttfb])
  return { latency: latencyOf(sample), times, streaming }
}

/** The cell with one success made a failure; `undefined` when it holds no such success. */
export function failOne(cell: Cell, { latency, times, streaming }: Amended): Cell | undefined {
  const without = withoutOne(cell.latency, latency, cell.coarse?.latency)
  if (without === undefined) return undefined
  const left: Record<string, HistogramData> = { ...cell.times }
  for (const [name, value] of times) {
    const rest = left[name] && withoutOne(left[name], value, cell.coarse?.[name])
    if (rest !== undefined) left[name] = rest
  }
  return {
    ...cell,
    ok: cell.ok - 1,
    failed: cell.failed + 1,
    latency: without,
    ...(cell.times !== undefined && { times: left }),
    ...(streaming && { streamFailed: (cell.streamFailed ?? 0) + 1 }),
  }
}

/** The cell with one failure made a success; `undefined` when it holds no failure. */
export function restoreOne(cell: Cell, { latency, times, streaming }: Amended): Cell | undefined {
  if (cell.failed === 0) return undefined
  const all: Record<string, HistogramData> = { ...cell.times }
  for (const [name, value] of times) all[name] = withOne(all[name], value)
  return {
    ...cell,
    ok: cell.ok + 1,
    failed: cell.failed - 1,
    latency: withOne(cell.latency, latency),
    times: all satisfies WindowTimes,
    ...(streaming && { streamFailed: Math.max(0, (cell.streamFailed ?? 0) - 1) }),
  }
}

/** `coarse` histograms hold a value in the bucket that stands for its neighbours. */
function withoutOne(data: HistogramData, value: number, coarse = 0): HistogramData | undefined {
  const histogram = new Histogram()
  histogram.merge(data)
  const found =
    histogram.remove(value) || histogram.remove(bucketMiddle(coarseBucket(bucketOf(value), coarse)))
  return found ? histogram.data() : undefined
}

function withOne(data: HistogramData | undefined, value: number): HistogramData {
  const histogram = new Histogram()
  if (data !== undefined) histogram.merge(data)
  histogram.record(value)
  return histogram.data()
}
