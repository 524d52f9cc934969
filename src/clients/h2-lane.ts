import type { Socket } from 'node:net'
import type { Dispatcher } from 'undici'
import type { Opening } from '../metrics/openings.ts'
import type { Waiting } from './connection-lane.ts'
import { addressOf, type Dial } from './dial.ts'
import type { Exchange } from './exchange.ts'
import { H2Session } from './h2-session.ts'

/** What a lane is to do as its connections come up. */
export interface H2LaneOptions {
  readonly dial: Dial
  /** Connections at most. */
  readonly most: number
  /** Each exchange gets one of its own. */
  readonly fresh: boolean
  readonly opened: (opening: Opening, waited: boolean) => void
  /** Takes what cannot be sent here: the service speaks HTTP/1.1. */
  readonly refused: (waiting: readonly Waiting[]) => void
}

/**
 * The connections of HTTP/2 to one origin: one, on which all exchanges are under way together. Another is
 * opened when the service allows no more streams on it, so that no call waits behind an open stream.
 */
export class H2Lane {
  readonly #origin: string
  readonly #options: H2LaneOptions
  readonly #sessions = new Set<H2Session>()
  readonly #waiting: Waiting[] = []
  readonly #dialing = new Set<Socket>()
  readonly #closing = new Set<Promise<void>>()
  #closed = false

  constructor(origin: string, options: H2LaneOptions) {
    this.#origin = origin
    this.#options = options
  }

  /** Exchanges that are sent or wait to be. */
  get underWay(): number {
    return [...this.#sessions].reduce((sum, { open }) => sum + open, this.#waiting.length)
  }

  send(options: Dispatcher.DispatchOptions, exchange: Exchange): void {
    const session = this.#options.fresh ? undefined : this.#withRoom()
    if (session !== undefined) return session.send(options, exchange)
    const waiting = { options, exchange }
    this.#waiting.push(waiting)
    exchange.onRelease = () => this.#givenUp(waiting)
    this.#openMore()
  }

  /** Opens a connection ahead of its first exchange, unless there is one. Resolves in any case. */
  async open(): Promise<void> {
    if (this.#sessions.size + this.#dialing.size > 0) return
    await new Promise<void>((resolve) => {
      if (!this.#open(resolve)) resolve()
    })
  }

  async close(): Promise<void> {
    this.#closed = true
    for (const { exchange } of this.#waiting.splice(0)) {
      exchange.abort('its connections were closed')
    }
    for (const socket of this.#dialing) socket.destroy()
    for (const session of this.#sessions) this.#drop(session)
    await Promise.all(this.#closing)
  }

  #withRoom(): H2Session | undefined {
    for (const session of this.#sessions) if (session.room) return session
    return undefined
  }

  /** As many as wait where each exchange has its own, else one at a time. */
  #openMore(): void {
    const { fresh, most } = this.#options
    const sessions = [...this.#sessions]
    if (!fresh && sessions.some(({ unsettled }) => unsettled)) return
    const living = sessions.filter(({ lives }) => lives).length
    const wanted = fresh ? this.#waiting.length : Math.min(1, this.#waiting.length)
    while (this.#dialing.size < wanted && living + this.#dialing.size < most) {
      if (!this.#open(() => {})) return
    }
  }

  /** Gives whether it is being opened now. */
  #open(done: () => void): boolean {
    const waited = this.#waiting.length > 0
    const socket = this.#options.dial(addressOf(this.#origin), (error, opened, opening) => {
      if (socket !== undefined) this.#dialing.delete(socket)
      if (error !== null) this.#failed(error)
      else this.#stands(opened, opening, waited)
      done()
    })
    if (socket === undefined) return false
    this.#dialing.add(socket)
    socket.once('close', () => {
      this.#dialing.delete(socket)
      done()
      this.#openMore()
    })
    return true
  }

  #stands(socket: Socket, opening: Opening, waited: boolean): void {
    if (this.#closed) return void socket.destroy()
    if (!('alpnProtocol' in socket) || socket.alpnProtocol !== 'h2') {
      socket.on('error', () => {}).destroy()
      return this.#options.refused(this.#waiting.splice(0))
    }
    this.#options.opened(opening, waited)
    const session = new H2Session(this.#origin, socket, () => this.#freed(session))
    this.#sessions.add(session)
    void session.closed.then(() => this.#sessions.delete(session))
    for (const { exchange } of this.#waiting) exchange.cold = true
    this.#next()
  }

  #failed(error: Error): void {
    // Others may still come up where each exchange has its own.
    const left = this.#options.fresh ? 1 : this.#waiting.length
    for (const { exchange } of this.#waiting.splice(0, left)) exchange.onResponseError(null, error)
  }

  #freed(session: H2Session): void {
    const over = this.#options.fresh || !session.lives
    if (over && session.open === 0) this.#drop(session)
    this.#next()
  }

  #next(): void {
    while (this.#waiting.length > 0) {
      const session = this.#free()
      if (session === undefined) return this.#openMore()
      const { options, exchange } = this.#waiting.shift() as Waiting
      session.send(options, exchange)
    }
  }

  /** For what waits: where each exchange has its own connection, one that has served none. */
  #free(): H2Session | undefined {
    if (!this.#options.fresh) return this.#withRoom()
    for (const session of this.#sessions) if (session.room && session.unused) return session
    return undefined
  }

  #givenUp(waiting: Waiting): void {
    const at = this.#waiting.indexOf(waiting)
    if (at >= 0) this.#waiting.splice(at, 1)
    // The next call tries anew: this one may wait for an answer that never comes.
    if (this.#waiting.length === 0) for (const socket of this.#dialing) socket.destroy()
  }

  #drop(session: H2Session): void {
    this.#sessions.delete(session)
    const closing = session.destroy().finally(() => this.#closing.delete(closing))
    this.#closing.add(closing)
  }
}
