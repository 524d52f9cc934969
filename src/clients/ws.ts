import { seededRandom } from '../stats/random.ts'
import type { Caller } from './caller.ts'
import type { Route } from './route.ts'
import { dial } from './socket-dial.ts'
import { OpenSockets } from './socket-open.ts'
import { toTarget, type ConnectOptions, type SocketDefaults } from './socket-target.ts'
import { Socket } from './socket.ts'

/**
 * A WebSocket client. Connecting is recorded as `WS /path`, a round trip as `WS /path ping`; a refused
 * upgrade throws an OperationError that shows its status and body.
 */
export class WsClient {
  readonly #caller: Caller
  readonly #defaults: SocketDefaults
  readonly #sockets: OpenSockets
  #random: (() => number) | undefined

  constructor(caller: Caller, defaults: SocketDefaults, sockets: OpenSockets = new OpenSockets()) {
    this.#caller = caller
    this.#defaults = defaults
    this.#sockets = sockets
  }

  /**
   * Opens a socket on a path of the service, or on a whole URL. Cookies that HTTP calls were given go along.
   * @throws UsageError before anything is sent; OperationError when the connection does not stand
   */
  async connect(path: string | Route, options: ConnectOptions = {}): Promise<Socket> {
    const caller = this.#caller
    caller.admit('ws')
    const target = toTarget(path, options, this.#defaults, caller)
    const sockets = this.#sockets
    const random = (this.#random ??= this.#defaults.random ?? seededRandom(1))
    const connection = await dial(caller, target, sockets)
    return new Socket({ caller, target, sockets, random }, connection)
  }

  /** The same client with headers or an access token added. */
  extend({
    headers = {},
    bearer,
  }: {
    readonly headers?: Readonly<Record<string, string>>
    readonly bearer?: string
  }): WsClient {
    const authorization = bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }
    const all = { ...this.#defaults.headers, ...headers, ...authorization }
    return new WsClient(this.#caller, { ...this.#defaults, headers: all }, this.#sockets)
  }

  /** The same client, what is done with it recorded as parts of an operation. */
  within(operation: string): WsClient {
    return new WsClient({ ...this.#caller, partOf: operation }, this.#defaults, this.#sockets)
  }

  /** Closes every socket; at the end of the test or virtual user. What still waits is aborted. */
  close(): Promise<void> {
    return this.#sockets.close()
  }
}
