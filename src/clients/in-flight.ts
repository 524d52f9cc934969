import type { Clock, Timer } from '../clock/clock.ts'
import type { Ms } from '../units/units.ts'

/** Something under way that ends by itself, by its deadline, or by an abort from above. */
export interface Bounded {
  /** Its place among those under way, which keeps it; -1 when it is none of them. */
  slot: number
  /** When it came, beside others. */
  order: number
  /** When it must have come further; may move while it runs. */
  deadline(): Ms
  /** Called when its deadline has passed. */
  expire(now: Ms): void
  /** Called when everything under way is to end. */
  abort(reason: string): void
}

/** A timer this near is taken back when nothing is under way; a later one is left for what comes. */
const NEAR: Ms = 1_000

/**
 * All operations under way, under ONE timer. A listener on an AbortSignal or a timer for each request
 * costs more than the request's own bookkeeping; here an operation costs a place in a list, and the timer
 * is armed for the earliest deadline known. The timer never keeps a process alive.
 *
 * The list is no Set: whenever a Set has made room for what comes, its table of before, with all that was
 * in it, points to the new one. One such table that got old keeps a chain of all that follow from being
 * collected, until a full collection.
 */
export class InFlight {
  readonly #clock: Clock
  readonly #under: Bounded[] = []
  #came = 0
  #timer: Timer | undefined
  #armedFor = Infinity
  #closed: string | undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  get size(): number {
    return this.#under.length
  }

  /** Watches an operation until `delete`; `earliest` is the soonest that any deadline of it can be. */
  add(operation: Bounded, earliest: Ms): void {
    if (operation.slot < 0) {
      operation.slot = this.#under.push(operation) - 1
      operation.order = this.#came++
    }
    if (earliest < this.#armedFor) this.#arm(earliest)
    if (this.#closed !== undefined) operation.abort(this.#closed)
  }

  /** Says that the deadline of an operation has moved, maybe to before all others. */
  moved(deadline: Ms): void {
    if (deadline < this.#armedFor) this.#arm(deadline)
  }

  delete(operation: Bounded): void {
    const { slot } = operation
    if (slot < 0) return
    operation.slot = -1
    const last = this.#under.pop() as Bounded
    if (last !== operation) {
      last.slot = slot
      this.#under[slot] = last
    }
    if (this.#under.length === 0) this.#disarm()
  }

  /**
   * Ends everything under way, and whatever is added later. The newest first: those that still wait
   * for a connection must not be sent on one that an older one leaves.
   */
  abortAll(reason: string): void {
    this.#closed = reason
    const all = this.#under.toSorted((left, right) => right.order - left.order)
    for (const operation of all) if (operation.slot >= 0) operation.abort(reason)
  }

  /** Those under way now, one by one, but for those that end meanwhile. */
  *#all(): Generator<Bounded> {
    for (const operation of this.#under.slice()) if (operation.slot >= 0) yield operation
  }

  #arm(at: Ms): void {
    this.#clock.clearTimeout(this.#timer)
    this.#armedFor = at
    this.#timer = this.#clock.setTimeout(() => this.#sweep(), Math.max(1, at - this.#clock.now()))
    this.#timer.unref()
  }

  #disarm(): void {
    if (this.#armedFor - this.#clock.now() > NEAR) return
    this.#clock.clearTimeout(this.#timer)
    this.#armedFor = Infinity
  }

  #sweep(): void {
    const now = this.#clock.now()
    // What is added or moved from here on arms the timer anew.
    this.#armedFor = Infinity
    let next = Infinity
    for (const operation of this.#all()) {
      const deadline = operation.deadline()
      if (deadline <= now) operation.expire(now)
      else if (deadline < next) next = deadline
    }
    this.moved(next)
  }
}
