import { seededRandom } from '../stats/random.ts'
import { toCount } from '../units/parse.ts'
import { CallSite } from './error-stack.ts'
import type { Caller } from './caller.ts'
import type { Route } from './route.ts'
import { dial } from './socket-dial.ts'
import { OpenSockets } from './socket-open.ts'
import { toTarget, type ConnectOptions, type SocketDefaults } from './socket-target.ts'
import { checkTags, joinTags, type Tags } from './tags.ts'
import { openMembers, SocketGroup } from './socket-group.ts'
import type { LinkParts } from './socket-link.ts'
import { Socket } from './socket.ts'

export interface GroupOptions extends ConnectOptions {
  /** Handshakes under way at a time. Default 50. */
  readonly atOnce?: number
}

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
    const parts = this.#prepare(path, options)
    return new Socket(parts, await dial(parts.caller, parts.target, parts.sockets))
  }

  /**
   * Opens many sockets on one path, so many `atOnce`: opened all together they would wait for each other,
   * and their times would say nothing. When one cannot be opened, all are closed.
   * @throws UsageError before anything is sent; OperationError when a connection does not stand
   */
  async group(
    count: number,
    path: string | Route,
    { atOnce = 50, ...options }: GroupOptions = {},
  ): Promise<SocketGroup> {
    const size = toCount(count, 'ws.group(count)')
    const limit = toCount(atOnce, 'ws.group option "atOnce"')
    const parts = this.#prepare(path, options)
    return new SocketGroup(parts, await openMembers(parts, size, limit))
  }

  #prepare(path: string | Route, options: ConnectOptions): LinkParts {
    const caller = this.#caller
    caller.admit('ws')
    const target = toTarget(path, options, this.#defaults, caller)
    this.#random ??= this.#defaults.random ?? seededRandom(1)
    const site = new CallSite()
    return { caller, target, sockets: this.#sockets, random: this.#random, site }
  }

  /** The same client with headers, an access token or tags added. */
  extend({
    headers = {},
    bearer,
    tags,
  }: {
    readonly headers?: Readonly<Record<string, string>>
    readonly bearer?: string
    readonly tags?: Tags
  }): WsClient {
    if (tags !== undefined) checkTags(tags, 'ws.extend.tags')
    const authorization = bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }
    const all = { ...this.#defaults.headers, ...headers, ...authorization }
    const defaults = {
      ...this.#defaults,
      headers: all,
      tags: joinTags(this.#defaults.tags, tags),
    }
    return new WsClient(this.#caller, defaults, this.#sockets)
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
