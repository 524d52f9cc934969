import type { Caller } from './caller.ts'
import type { CallSite } from './error-stack.ts'
import { isLoss, type Closure } from './socket-closure.ts'
import type { Connection } from './socket-connection.ts'
import { dial } from './socket-dial.ts'
import type { OpenSockets } from './socket-open.ts'
import { SocketOperations } from './socket-operations.ts'
import { closedFailure, recordLoss } from './socket-record.ts'
import { Recovery } from './socket-recovery.ts'
import type { Target } from './socket-target.ts'

/** What a socket is made of. */
export interface LinkParts {
  readonly caller: Caller
  readonly target: Target
  readonly sockets: OpenSockets
  /** Of the pauses before it reconnects. */
  readonly random: () => number
  /** Where the test opened it: what an error leads to that happens while nobody waits. */
  readonly site: CallSite
}

/** The life of a socket: its connection, and the one after that when it reconnects. */
export class SocketLink implements AsyncDisposable {
  protected readonly operations: SocketOperations
  protected connection: Connection
  readonly #parts: LinkParts
  /** What came after a connection that was lost. */
  #next: WeakMap<Connection, Promise<Connection | undefined>> | undefined
  #recovery: Recovery | undefined

  constructor(parts: LinkParts, connection: Connection) {
    this.#parts = parts
    this.operations = new SocketOperations(parts.caller, parts.target)
    this.connection = connection
    this.#use(connection)
  }

  get url(): string {
    return this.#parts.target.url
  }

  /** The subprotocol that the service chose; `''` when none was offered. */
  get protocol(): string {
    return this.connection.protocol
  }

  get connected(): boolean {
    return this.connection.open
  }

  /** 1 open, 2 closing, 3 closed. */
  get readyState(): number {
    return this.connection.readyState
  }

  /** Bytes sent that have not yet left. */
  get bufferedAmount(): number {
    return this.connection.bufferedAmount
  }

  /** Resolves when the connection has ended, however that was; a new one after it reconnected. */
  get closed(): Promise<Closure> {
    return this.connection.closed
  }

  /** Cuts the connection without a close frame, as a lost network does. What waits is aborted. */
  drop(): void {
    const { connected } = this
    this.connection.drop('dropped')
    if (connected && this.#parts.target.reconnect !== undefined) this.#recover()
  }

  /** Connects again to the same place, with an empty inbox; a connection that still stands is dropped. */
  async reconnect(): Promise<void> {
    const { caller, target, sockets } = this.#parts
    caller.admit('ws')
    await this.#recovery?.close()
    this.connection.drop('reconnecting')
    this.#use(await dial(caller, target, sockets))
  }

  /**
   * Resolves when it is connected: at once, or when it has reconnected by itself.
   * @throws OperationError when it is closed, or did not come back
   */
  async ready(): Promise<void> {
    this.#parts.caller.admit('ws')
    await this.#recovery?.done
    const { ending } = this.connection
    if (ending !== undefined) throw closedFailure(this.operations.of('ready'), ending)
  }

  /** The closing handshake, cut short after a second. @throws UsageError for a code that may not be sent */
  async close(code = 1000, reason = ''): Promise<void> {
    await this.#recovery?.close()
    await this.connection.close(code, reason)
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  /** The connection that came by itself after a lost one; `undefined` when none does. */
  protected after(lost: Connection): Promise<Connection | undefined> | undefined {
    return this.#next?.get(lost)
  }

  #use(connection: Connection): void {
    this.connection = connection
    const ended = (closure: Closure, waited: number): void => {
      const { caller, target, site } = this.#parts
      const left = closure.by === 'service' && closure.expected !== true && closure.code !== 1000
      if (left && target.reconnect !== undefined) this.#recover()
      else if (waited === 0 && isLoss(closure)) recordLoss(caller, target, closure, site)
    }
    connection.onEnd = ended
    // It may have ended before anybody could use it.
    if (connection.closure !== undefined) ended(connection.closure, 0)
  }

  #recover(): void {
    const plan = this.#parts.target.reconnect
    if (plan === undefined) return
    const recovery = new Recovery({ ...this.#parts, plan })
    const lost = this.connection
    this.#recovery = recovery
    const next = recovery.done.then(
      (connection) => {
        this.#recovery = undefined
        this.#use(connection)
        return connection
      },
      () => {
        if (this.#recovery === recovery) this.#recovery = undefined
        return undefined
      },
    )
    this.#next ??= new WeakMap()
    this.#next.set(lost, next)
    recovery.begin()
  }
}
