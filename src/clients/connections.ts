import { Client, type Dispatcher } from 'undici'
import { UsageError } from '../errors/usage-error.ts'
import type { Clock } from '../clock/clock.ts'
import type { Ms } from '../units/units.ts'
import type { Exchange } from './exchange.ts'

/**
 * Which connections a virtual user speaks over.
 * - `perUser`: up to six of its own to each origin, as a browser has; an idle one first.
 * - `shared`: any idle one of the load's, as a gateway's pool has.
 * - `perRequest`: a new one for each call, for services behind a load balancer.
 */
export type ConnectionMode = 'perUser' | 'shared' | 'perRequest'

const MODES: readonly ConnectionMode[] = ['perUser', 'shared', 'perRequest']

/** @throws UsageError for anything that is no mode */
export function toConnectionMode(input: unknown, path: string): ConnectionMode {
  const mode = MODES.find((each) => each === input)
  if (mode === undefined) throw new UsageError(path, MODES.map((each) => `'${each}'`).join(' or '), input)
  return mode
}

interface Connection {
  readonly origin: string
  readonly client: Client
  exchange: Exchange | undefined
  /** When its last exchange ended well; `undefined` before the first and after a failure. */
  idleSince: Ms | undefined
}

interface Waiting {
  readonly options: Dispatcher.DispatchOptions
  readonly exchange: Exchange
  readonly origin: string
}

const MOST_PER_USER = 6

/**
 * The connections of one virtual user (or of a load that shares them): undici Clients of one socket
 * each, without pipelining, so that no call ever queues behind an open stream. One Client for each
 * user is cheaper than a shared Pool, which scans its clients at every call.
 */
export class Connections {
  readonly #clock: Clock
  readonly #most: number
  readonly #fresh: boolean
  readonly #open: Connection[] = []
  readonly #waiting: Waiting[] = []
  #closed = false

  constructor(clock: Clock, mode: ConnectionMode = 'perUser') {
    this.#clock = clock
    this.#most = mode === 'perUser' ? MOST_PER_USER : Infinity
    this.#fresh = mode === 'perRequest'
  }

  /** Sends over an idle connection, a new one, or the first that gets free. */
  send(origin: string, options: Dispatcher.DispatchOptions, exchange: Exchange): void {
    const connection = this.#pick(origin, exchange.streaming)
    if (connection === undefined) this.#waiting.push({ origin, options, exchange })
    else this.#dispatch(connection, options, exchange)
  }

  /** Closes every connection; what is under way ends as its exchange says. */
  async close(): Promise<void> {
    this.#closed = true
    await Promise.all(this.#open.splice(0).map((connection) => connection.client.destroy()))
  }

  #pick(origin: string, streaming: boolean): Connection | undefined {
    let busy = 0
    for (const connection of this.#open) {
      if (connection.origin !== origin) continue
      if (connection.exchange === undefined && !this.#fresh) return connection
      if (connection.exchange?.streaming === false) busy++
    }
    return streaming || busy < this.#most ? this.#connect(origin) : undefined
  }

  #connect(origin: string): Connection {
    if (this.#closed) throw UsageError.saying('http', 'this client is closed: its test or virtual user has ended')
    const client = new Client(origin, {
      pipelining: 1,
      allowH2: false,
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: { timeout: 0 },
      maxResponseSize: -1,
    })
    const connection = { origin, client, exchange: undefined, idleSince: undefined }
    this.#open.push(connection)
    return connection
  }

  #dispatch(connection: Connection, options: Dispatcher.DispatchOptions, exchange: Exchange): void {
    connection.exchange = exchange
    if (connection.idleSince !== undefined) exchange.idleFor = exchange.startedAt - connection.idleSince
    exchange.onRelease = (ended) => this.#release(connection, ended)
    connection.client.dispatch(options, exchange)
  }

  #release(connection: Connection, ended: Exchange): void {
    connection.exchange = undefined
    const failed = ended.outcome !== 'ok' && ended.outcome !== 'status'
    connection.idleSince = failed ? undefined : this.#clock.now()
    if (failed || this.#fresh) this.#drop(connection)
    if (this.#waiting.length > 0) this.#next()
  }

  #drop(connection: Connection): void {
    const at = this.#open.indexOf(connection)
    if (at !== -1) this.#open.splice(at, 1)
    connection.client.destroy().catch(() => {})
  }

  #next(): void {
    const waiting = this.#waiting.shift()
    if (waiting === undefined) return
    if (waiting.exchange.ended) return this.#next()
    this.send(waiting.origin, waiting.options, waiting.exchange)
  }
}
