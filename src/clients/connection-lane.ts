import type { Socket } from 'node:net'
import type { Client, Dispatcher } from 'undici'
import { UsageError } from '../errors/usage-error.ts'
import type { Ms } from '../units/units.ts'
import type { Exchange } from './exchange.ts'

/** One connection of a caller: an undici Client, which opens its socket at the first call. */
export interface Connection {
  readonly client: Client
  /** A socket that does not stand yet: a client that is destroyed would forget it. */
  connecting: Socket | undefined
  /** A socket that was opened ahead and has served no exchange. */
  ready: Socket | undefined
  exchange: Exchange | undefined
  /** When its last exchange ended well; `undefined` on a socket that has served none. */
  idleSince: Ms | undefined
  readonly release: (ended: Exchange) => void
}

/** What waits for a connection to get free. */
export interface Waiting {
  readonly options: Dispatcher.DispatchOptions
  readonly exchange: Exchange
}

/** The connections to one origin. */
export interface Lane {
  readonly origin: string
  readonly open: Set<Connection>
  readonly idle: Connection[]
  readonly waiting: Waiting[]
}

/** The error of a call after the end. */
export const closedError = (): UsageError =>
  UsageError.saying('http', 'this client is closed: its test or virtual user has ended')
