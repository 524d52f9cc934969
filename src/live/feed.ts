import type { Ms } from '../units/units.ts'
import { deltaOf } from './delta.ts'
import type { ServerEvents } from './events.ts'
import type { LivePage } from './live-page.ts'

/** The page at a moment. */
export interface Version {
  readonly number: number
  readonly page: LivePage
}

export interface Farewell {
  /** Without one it goes on in a moment, at the same address. */
  readonly reason: string | undefined
}

/** Vitest and a browser share the machine with the generator and its service: `npm run bench dashboard`. */
const EVERY: Ms = 2_000
/** Making a page takes at most such a share of a processor: a large one is made less often. */
const SHARE = 0.05
/** What browsers are mostly given at a time: all of it, or what changed since the last page. */
const MOST_EVENTS = 2

/** One server-sent event. */
export const toEvent = (name: keyof ServerEvents, data: ServerEvents[typeof name]): Buffer =>
  Buffer.from(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`)

/**
 * Makes pages for those who look, at most one in two seconds, and none while nobody does. All have the same
 * ones: a second browser costs what is sent to it, and nothing else.
 */
export class LiveFeed {
  readonly #make: () => Promise<LivePage>
  readonly #every: Ms
  readonly #waiting = new Set<() => void>()
  #newest: Version | undefined
  #madeAt = -Infinity
  #cost: Ms = 0
  #timer: NodeJS.Timeout | undefined
  #making: Promise<Version> | undefined
  readonly #events = new Map<string, Buffer>()
  #closed: Farewell | undefined

  constructor(make: () => Promise<LivePage>, every = EVERY) {
    this.#make = make
    this.#every = every
  }

  /** Once no more comes. */
  get closed(): Farewell | undefined {
    return this.#closed
  }

  /** The page, made anew when it is older than it may be. */
  async now(): Promise<Version> {
    const { wait } = this
    if (this.#newest !== undefined && (wait > 0 || this.#closed !== undefined)) return this.#newest
    return this.#made()
  }

  /** Resolves with the first page after that one which differs; with `undefined` after `most` ms and at the end. */
  async next(after: number, most: Ms): Promise<Version | undefined> {
    const until = performance.now() + most
    while (this.#closed === undefined || (this.#newest?.number ?? 0) > after) {
      if (this.#newest !== undefined && this.#newest.number > after) return this.#newest
      const left = until - performance.now()
      if (left <= 0) return undefined
      await this.#soon(left)
    }
    return undefined
  }

  /**
   * The event that takes a browser from one page to another; without one it is all of it. Most ask for the same,
   * and share it.
   */
  event(from: Version | undefined, to: Version): Buffer {
    const path = `${from?.number ?? ''}-${to.number}`
    const known = this.#events.get(path)
    if (known !== undefined) return known
    const event =
      from === undefined
        ? toEvent('page', to.page)
        : toEvent('delta', deltaOf(from.page, to.page) ?? [1, {}, []])
    // Each may be as large as the page.
    if (this.#events.size >= MOST_EVENTS) this.#events.clear()
    this.#events.set(path, event)
    return event
  }

  /** Shows the page as it is now, and says that no more comes. */
  async close(reason: string | undefined): Promise<void> {
    if (this.#waiting.size > 0) await this.#made().catch(() => undefined)
    this.#closed = { reason }
    clearTimeout(this.#timer)
    this.#wake()
  }

  /** Until a page may be made again. */
  get wait(): Ms {
    const every = Math.max(this.#every, this.#cost / SHARE)
    return Math.max(0, this.#madeAt + every - performance.now())
  }

  /** Resolves when a page was made, and after so many ms. */
  async #soon(most: Ms): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#waiting.add(resolve)
    const timer = setTimeout(resolve, most).unref()
    this.#arm()
    await promise
    clearTimeout(timer)
    this.#waiting.delete(resolve)
  }

  #arm(): void {
    clearTimeout(this.#timer)
    if (this.#closed !== undefined || this.#waiting.size === 0) return
    this.#timer = setTimeout(() => {
      // A run whose files go away is over soon; the next look finds another.
      this.#made().then(
        () => this.#wake(),
        () => this.#wake(),
      )
    }, this.wait).unref()
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve()
  }

  #made(): Promise<Version> {
    this.#making ??= this.#makeOne().finally(() => {
      this.#making = undefined
    })
    return this.#making
  }

  async #makeOne(): Promise<Version> {
    const from = performance.now()
    try {
      const page = await this.#make()
      const before = this.#newest
      if (before === undefined) return (this.#newest = { number: 1, page })
      if (deltaOf(before.page, page) === undefined) return before
      return (this.#newest = { number: before.number + 1, page })
    } finally {
      this.#madeAt = performance.now()
      this.#cost = this.#madeAt - from
    }
  }
}
