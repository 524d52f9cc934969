import { toCount } from '../units/parse.ts'

/** Lets at most so many things run at once. */
export interface Semaphore {
  /** Runs `fn` as soon as there is room, and gives its result. */
  <T>(fn: () => Promise<T> | T): Promise<T>
  /** How many run now, and how many wait. */
  readonly running: number
  readonly waiting: number
}

/** A semaphore with `limit` places, first come, first served. @throws UsageError */
export function semaphore(limit: number): Semaphore {
  const places = toCount(limit, 'semaphore(limit)')
  const queue: (() => void)[] = []
  const state = { running: 0 }
  const run = async <T>(fn: () => Promise<T> | T): Promise<T> => {
    if (state.running < places) state.running++
    else await new Promise<void>((resolve) => queue.push(resolve))
    try {
      return await fn()
    } finally {
      const next = queue.shift()
      if (next === undefined) state.running--
      else next()
    }
  }
  return Object.defineProperties(run, {
    running: { get: () => state.running },
    waiting: { get: () => queue.length },
  }) as Semaphore
}
