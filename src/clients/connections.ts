import { Client, type buildConnector, type Dispatcher } from 'undici'
import type { Opening } from '../metrics/openings.ts'
import type { Ms } from '../units/units.ts'
import { closedError, type Connection, type Lane, type Waiting } from './connection-lane.ts'
import type { ConnectionMode } from './connection-mode.ts'
import { createDial, type Dial } from './dial.ts'
import type { Exchange } from './exchange.ts'
import type { Handshakes } from './handshakes.ts'
import { dialAhead, isFresh } from './ready-socket.ts'
import { DEFAULT_TRANSPORT, type Transport } from './transport.ts'

const MOST_PER_USER = 6

/** One socket, no pipelining; the deadlines are ours. */
const CLIENT_OPTIONS = {
  pipelining: 1,
  allowH2: false,
  headersTimeout: 0,
  bodyTimeout: 0,
  maxResponseSize: -1,
}

/** How connections are made, and who is told of them. */
export interface ConnectionsOptions {
  readonly transport?: Transport | undefined
  /** Told of each connection that stands up, and whether a call had to wait for it. */
  readonly opened?: (opening: Opening, waited: boolean) => void
  /** Counts what is being opened. */
  readonly handshakes?: Handshakes | undefined
}

/**
 * The connections of one virtual user (or of a load that shares them): undici Clients of one socket
 * each, without pipelining, so that no call ever queues behind an open stream. One Client for each
 * user is cheaper than a shared Pool, which scans its clients at every call.
 */
export class Connections {
  readonly #most: number
  readonly #fresh: boolean
  readonly #opened: (opening: Opening, waited: boolean) => void
  readonly #lanes = new Map<string, Lane>()
  readonly #closing = new Set<Promise<void>>()
  readonly #dial: Dial
  #closed = false

  constructor(
    mode: ConnectionMode = 'perUser',
    { transport = DEFAULT_TRANSPORT, opened = () => {}, handshakes }: ConnectionsOptions = {},
  ) {
    this.#dial = createDial(transport, { handshakes })
    this.#most = mode === 'perUser' ? MOST_PER_USER : Infinity
    this.#fresh = mode === 'perRequest'
    this.#opened = opened
  }

  /**
   * Sends over an idle connection, a new one, or the first that gets free.
   * @throws UsageError once they are closed
   */
  send(origin: string, options: Dispatcher.DispatchOptions, exchange: Exchange): void {
    const lane = this.#lanes.get(origin) ?? this.#lane(origin)
    const connection = lane.idle.pop() ?? this.#another(lane, exchange.streaming)
    if (connection === undefined) lane.waiting.push({ options, exchange })
    else this.#dispatch(connection, options, exchange)
  }

  /**
   * Opens a connection ahead of its first exchange. Resolves when it stands, or never will: then the
   * exchange opens another.
   */
  async open(origin: string, now: () => Ms): Promise<void> {
    const lane = this.#lanes.get(origin) ?? this.#lane(origin)
    const connection = this.#connect(lane)
    const ahead = await dialAhead(this.#dial, origin, (dialing) => {
      connection.connecting = dialing
    })
    connection.connecting = undefined
    if (this.#closed) return void ahead?.socket.destroy()
    if (ahead !== undefined) {
      this.#opened(ahead.opening, false)
      connection.ready = ahead.socket
      connection.idleSince = now()
    }
    lane.idle.push(connection)
    if (lane.waiting.length > 0) this.#next(lane)
  }

  /** Sends what waits, as far as there is room: an exchange has turned out to be a stream. */
  advance(origin: string): void {
    const lane = this.#lanes.get(origin)
    if (lane !== undefined) this.#next(lane)
  }

  /** Exchanges that are sent or wait to be. */
  get underWay(): number {
    let count = 0
    for (const { open, idle, waiting } of this.#lanes.values()) {
      count += open.size - idle.length + waiting.length
    }
    return count
  }

  /** Closes every connection; what is still under way is aborted. Resolves when no socket is left. */
  async close(): Promise<void> {
    this.#closed = true
    for (const lane of this.#lanes.values()) {
      lane.idle.length = 0
      const left = [...lane.waiting.splice(0), ...lane.open]
      for (const { exchange } of left) exchange?.abort('its connections were closed')
      for (const connection of lane.open) this.#drop(lane, connection)
    }
    await Promise.all(this.#closing)
  }

  #lane(origin: string): Lane {
    if (this.#closed) throw closedError()
    const lane = { origin, open: new Set<Connection>(), idle: [], waiting: [] }
    this.#lanes.set(origin, lane)
    return lane
  }

  #another(lane: Lane, streaming: boolean): Connection | undefined {
    if (this.#closed) throw closedError()
    if (streaming || this.#most === Infinity) return this.#connect(lane)
    let busy = 0
    for (const { exchange } of lane.open) if (exchange?.streaming === false) busy++
    return busy < this.#most ? this.#connect(lane) : undefined
  }

  #connect(lane: Lane): Connection {
    const connect: buildConnector.connector = (options, callback) => {
      const { ready } = connection
      connection.ready = undefined
      // Not at once: the client does not look again for what to send while it connects.
      if (ready !== undefined && isFresh(ready)) return queueMicrotask(() => callback(null, ready))
      ready?.destroy()
      connection.idleSince = undefined
      connection.connecting = this.#dial(options, (error, socket, opening) => {
        connection.connecting = undefined
        if (error !== null) return callback(error, null)
        if (connection.exchange !== undefined) connection.exchange.cold = true
        this.#opened(opening, true)
        callback(null, socket)
      })
    }
    const connection: Connection = {
      client: new Client(lane.origin, { ...CLIENT_OPTIONS, connect }),
      connecting: undefined,
      ready: undefined,
      exchange: undefined,
      idleSince: undefined,
      release: (ended) => this.#release(lane, connection, ended),
    }
    // The next exchange gets a new socket, which cannot be stale.
    connection.client.on('disconnect', () => {
      connection.idleSince = undefined
    })
    lane.open.add(connection)
    return connection
  }

  #dispatch(connection: Connection, options: Dispatcher.DispatchOptions, exchange: Exchange): void {
    connection.exchange = exchange
    const { idleSince } = connection
    if (idleSince !== undefined) exchange.idleFor = exchange.startedAt - idleSince
    exchange.onRelease = connection.release
    connection.client.dispatch(options, exchange)
  }

  #release(lane: Lane, connection: Connection, ended: Exchange): void {
    connection.exchange = undefined
    if (ended.reusable && !this.#fresh && !this.#closed) {
      connection.idleSince = ended.endedAt
      lane.idle.push(connection)
    } else this.#drop(lane, connection)
    if (lane.waiting.length > 0) this.#next(lane)
  }

  #drop(lane: Lane, connection: Connection): void {
    lane.open.delete(connection)
    const closing = connection.client.destroy().finally(() => this.#closing.delete(closing))
    this.#closing.add(closing)
    connection.connecting?.destroy(new Error('given up'))
    connection.ready?.destroy()
  }

  #next(lane: Lane): void {
    while (lane.waiting.length > 0) {
      const { options, exchange } = lane.waiting[0] as Waiting
      if (exchange.ended) lane.waiting.shift()
      else {
        const connection = lane.idle.pop() ?? this.#another(lane, exchange.streaming)
        if (connection === undefined) return
        lane.waiting.shift()
        this.#dispatch(connection, options, exchange)
      }
    }
  }
}
