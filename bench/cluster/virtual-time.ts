import { setImmediate as settled, setTimeout as sleep } from 'node:timers/promises'
import type { Clock, Timer } from '../../src/clock/clock.ts'

/** Where nothing is due for so long, real work gets a moment. */
const GAP = 15

interface Due {
  readonly at: number
  readonly order: number
  readonly callback: () => void
}

/** Time that goes on as fast as it is computed: what is due next happens next. */
export class VirtualTime {
  now = 0
  readonly #due: Due[] = []
  readonly #cancelled = new Set<number>()
  #order = 0

  /** A clock that is wrong by so much, as every machine's is. */
  clock(wrong = 0): Clock {
    const timers = new Map<Timer, number>()
    return {
      now: () => this.now + wrong,
      setTimeout: (callback, delay) => {
        // A real timer, never to fire: only its identity and its type are needed.
        const timer = globalThis.setTimeout(() => {}, 2 ** 30)
        globalThis.clearTimeout(timer)
        timers.set(timer, this.after(delay, callback))
        return timer
      },
      clearTimeout: (timer) => {
        const order = timer === undefined ? undefined : timers.get(timer)
        if (order !== undefined) this.#cancelled.add(order)
        if (timer !== undefined) timers.delete(timer)
      },
    }
  }

  /** Calls back when so much time is gone by. */
  after(delay: number, callback: () => void): number {
    const order = this.#order++
    this.#push({ at: this.now + Math.max(delay, 0), order, callback })
    return order
  }

  sleep(delay: number): Promise<void> {
    return new Promise((resolve) => void this.after(delay, resolve))
  }

  /** Goes on until all of it has happened. @throws when nothing is due any more, and it has not */
  async until<T>(wanted: Promise<T>): Promise<T> {
    const state = { done: false }
    const end = (): void => void (state.done = true)
    wanted.then(end, end)
    for (;;) {
      await settled()
      if (state.done) return wanted
      // Something may be at work outside of this time, such as the compression of a part.
      if ((this.#due[0]?.at ?? Infinity) > this.now + GAP) await sleep(1)
      if (state.done) return wanted
      const next = this.#pop()
      if (next === undefined) throw new Error('nothing is due, and the end has not come')
      this.now = next.at
      next.callback()
    }
  }

  /** A binary heap: tens of thousands of timers wait at once. */
  #push(due: Due): void {
    const heap = this.#due
    let at = heap.push(due) - 1
    while (at > 0) {
      const above = (at - 1) >> 1
      if (before(heap[above] as Due, due)) break
      heap[at] = heap[above] as Due
      at = above
    }
    heap[at] = due
  }

  #pop(): Due | undefined {
    for (;;) {
      const first = this.#due[0]
      const last = this.#due.pop()
      if (first === undefined || last === undefined) return undefined
      if (this.#due.length > 0) this.#sink(last)
      if (!this.#cancelled.delete(first.order)) return first
    }
  }

  #sink(due: Due): void {
    const heap = this.#due
    let at = 0
    for (;;) {
      let below = 2 * at + 1
      if (below >= heap.length) break
      const right = heap[below + 1]
      if (right !== undefined && before(right, heap[below] as Due)) below++
      if (before(due, heap[below] as Due)) break
      heap[at] = heap[below] as Due
      at = below
    }
    heap[at] = due
  }
}

const before = (left: Due, right: Due): boolean =>
  left.at < right.at || (left.at === right.at && left.order < right.order)
