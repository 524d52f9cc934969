import type { Clock, Timer } from '../../src/clock/clock.ts'

interface Pending {
  readonly at: number
  readonly callback: () => void
}

/** A clock that stands still until it is told to go on. */
export class FakeClock implements Clock {
  readonly #pending = new Map<Timer, Pending>()
  #now = 0
  /** Timers ever set. */
  set = 0

  get timers(): number {
    return this.#pending.size
  }

  now(): number {
    return this.#now
  }

  setTimeout(callback: () => void, delay: number): Timer {
    this.set++
    // A real timer, never to fire: only its identity and its type are needed.
    const timer = globalThis.setTimeout(() => {}, 2 ** 30).unref()
    globalThis.clearTimeout(timer)
    this.#pending.set(timer, { at: this.#now + delay, callback })
    return timer
  }

  clearTimeout(timer: Timer | undefined): void {
    if (timer !== undefined) this.#pending.delete(timer)
  }

  /** Stands still and finds itself at a later time, as after a process was held up; nothing fires yet. */
  jumpTo(time: number): void {
    this.#now = time
  }

  /** Goes on to a time, firing what is due on the way, in order. */
  advanceTo(time: number): void {
    for (;;) {
      const due = [...this.#pending].filter(([, { at }]) => at <= time)
      const [next] = due.toSorted(([, left], [, right]) => left.at - right.at)
      if (next === undefined) break
      this.#pending.delete(next[0])
      this.#now = Math.max(this.#now, next[1].at)
      next[1].callback()
    }
    this.#now = time
  }
}
