import { setImmediate } from 'node:timers'

/**
 * Counts the connections that a load is opening. Calls never wait for it: a real client opens a connection
 * when it needs one. Users who come do, so that a thousand of them who start at once do not measure each
 * other's handshakes.
 */
export class Handshakes {
  readonly #most: number
  readonly #waiting = new Set<() => void>()
  #underWay = 0
  #origin: string | undefined

  constructor(most: number) {
    this.#most = most
  }

  /** As many are under way as may be at once. */
  get busy(): boolean {
    return this.#underWay >= this.#most || this.#waiting.size > 0
  }

  /** What was dialled last; `undefined` when nothing was. */
  get origin(): string | undefined {
    return this.#origin
  }

  began(origin: string): void {
    this.#underWay++
    this.#origin = origin
  }

  /** Counts a user who comes now as well, until its first call had the time to open a connection. */
  comes(): void {
    this.#underWay++
    setImmediate(() => this.ended())
  }

  ended(): void {
    this.#underWay--
    for (const open of this.#waiting) {
      if (this.#underWay >= this.#most) return
      this.#waiting.delete(open)
      // It counts itself before it returns.
      open()
    }
  }

  /** Lets somebody open a connection when its turn has come, unless the signal aborts before. */
  async turn(open: () => Promise<void>, signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const start = (): void => void open().then(resolve, resolve)
    const leave = (): void => {
      this.#waiting.delete(start)
      resolve()
    }
    this.#waiting.add(start)
    signal.addEventListener('abort', leave, { once: true })
    if (signal.aborted) leave()
    await promise
    signal.removeEventListener('abort', leave)
  }
}
