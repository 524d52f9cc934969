import { setTimeout as sleep } from 'node:timers/promises'
import { cpuUsed } from './answer-calls.ts'

/** When to measure while operations run: `settle` ms after the start, for `length` ms. */
export interface WindowOptions {
  readonly settle: number
  readonly length: number
}

/** What a client process did in its measured window. */
export interface Rate {
  readonly perSecond: number
  /** CPU of the client process for each operation, user and system, in µs. */
  readonly cpuMicros: number
}

/** Counts what is done while it waits; the same for every side, so nobody's own clock is trusted. */
export async function rateWindow(
  done: () => number,
  { settle, length }: WindowOptions,
): Promise<Rate> {
  await sleep(settle)
  const before = { at: performance.now(), cpu: cpuUsed(), done: done() }
  await sleep(length)
  const count = done() - before.done
  return {
    perSecond: (count * 1_000) / (performance.now() - before.at),
    cpuMicros: ((cpuUsed() - before.cpu) * 1_000) / count,
  }
}
