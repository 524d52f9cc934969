import { connect, constants, type ClientHttp2Session, type Settings } from 'node:http2'
import type { Socket } from 'node:net'
import type { Dispatcher } from 'undici'
import type { Ms } from '../units/units.ts'
import type { Exchange } from './exchange.ts'
import { connectionLost, streamReset } from './h2-error.ts'
import { H2Stream } from './h2-stream.ts'

/** What a service may send before it is told that it was read. */
const WINDOW = 1_048_576

/** One connection of HTTP/2, on which many exchanges are under way at once. */
export class H2Session {
  readonly session: ClientHttp2Session
  readonly origin: URL
  /** Resolves when its socket is closed. */
  readonly closed: Promise<void>
  readonly #freed: () => void
  readonly #exchanges = new Set<Exchange>()
  /** The service says how many with its first words; until then one will do. */
  #most: number | undefined
  #goaway: number | undefined
  #idleSince: Ms | undefined
  #sent = 0

  /** `freed` is told whenever a stream has ended. */
  constructor(origin: string, socket: Socket, freed: () => void) {
    this.origin = new URL(origin)
    this.#freed = freed
    this.session = connect(origin, {
      createConnection: () => socket,
      settings: { enablePush: false, initialWindowSize: WINDOW },
    })
    this.session.on('remoteSettings', ({ maxConcurrentStreams }: Settings) => {
      this.#most = maxConcurrentStreams ?? Infinity
      freed()
    })
    this.session.on('goaway', (code: number) => {
      this.#goaway = code
    })
    // Its streams say it.
    this.session.on('error', () => {})
    this.closed = new Promise((resolve) => {
      socket.once('close', () => {
        this.session.destroy()
        resolve()
      })
    })
  }

  /** Exchanges under way. */
  get open(): number {
    return this.#exchanges.size
  }

  /** Nothing was sent on it yet. */
  get unused(): boolean {
    return this.#sent === 0
  }

  /** Whether the service takes new streams on it. */
  get lives(): boolean {
    return this.#goaway === undefined && !this.session.closed && !this.session.destroyed
  }

  /** Whether another stream can be opened at once. */
  get room(): boolean {
    return this.lives && this.open < (this.#most ?? 1)
  }

  /** Whether it is not known yet how many streams the service allows. */
  get unsettled(): boolean {
    return this.lives && this.#most === undefined
  }

  send(options: Dispatcher.DispatchOptions, exchange: Exchange): void {
    if (this.open === 0 && this.#idleSince !== undefined) {
      exchange.idleFor = exchange.startedAt - this.#idleSince
    }
    this.#sent++
    this.#exchanges.add(exchange)
    exchange.onRelease = () => {}
    new H2Stream(exchange, {
      session: this.session,
      origin: this.origin,
      why: (code) => this.why(code),
      ended: () => this.#ended(exchange),
    }).send(options)
  }

  why(code: number): Error {
    const lost = this.session.destroyed && code !== constants.NGHTTP2_REFUSED_STREAM
    return lost || this.#goaway !== undefined ? connectionLost(this.#goaway) : streamReset(code)
  }

  /** Aborts what is under way and closes the connection. */
  destroy(): Promise<void> {
    for (const exchange of this.#exchanges) exchange.abort('its connections were closed')
    this.session.destroy()
    return this.closed
  }

  #ended(exchange: Exchange): void {
    if (!this.#exchanges.delete(exchange)) return
    if (this.open === 0) this.#idleSince = exchange.endedAt
    this.#freed()
  }
}
