import { FlowWatch, type Flow } from '../../src/load/flow-watch.ts'
import { Histogram, quantile } from '../../src/stats/histogram.ts'
import type { Random } from '../../src/stats/random.ts'

/** A queue in front of so many workers, whose limit is `workers / mean`. */
export interface Queue {
  readonly workers: number
  /** How long one request takes on average, in ms. */
  readonly mean: number
  /** How the times of requests spread about their mean: 1 on average. */
  readonly spread: (random: Random) => number
}

/** Times of an exponential distribution. */
export const exponential = (random: Random): number => -Math.log(1 - random())

/** When each worker is free again. The next request takes the one that is free first. */
export function takeWorker(free: number[], now: number, service: number): number {
  const worker = free.indexOf(Math.min(...free))
  const ends = Math.max(now, free[worker] ?? 0) + service
  free[worker] = ends
  return ends
}

/** What a run of an open load of so many per second would measure, on a clock that is only reckoned. */
export function openRun(
  { workers, mean, spread }: Queue,
  { rate, settle, duration }: { rate: number; settle: number; duration: number },
  random: Random,
): { readonly flow: Flow; readonly p95: number } {
  const free = Array.from({ length: workers }, () => 0)
  const watch = new FlowWatch()
  const histogram = new Histogram()
  for (let startedAt = 0; startedAt < settle + duration; startedAt += 1_000 / rate) {
    const endedAt = takeWorker(free, startedAt, mean * spread(random))
    watch.iteration({ outcome: 'ok', startedAt, endedAt, firstByteAt: undefined })
    if (startedAt >= settle) histogram.record(endedAt - startedAt)
  }
  return { flow: watch.flow({ settle, duration }), p95: quantile(histogram.data(), 95) ?? 0 }
}
