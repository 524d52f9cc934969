import type { DurationInput } from '../units/units.ts'
import type { Caller } from './caller.ts'
import type { Closure } from './socket-closure.ts'
import type { Connection } from './socket-connection.ts'
import { dial } from './socket-dial.ts'
import { ANY, toMatches, type Match } from './socket-match.ts'
import { encode, typeOf, type Message, type Sendable } from './socket-message.ts'
import type { OpenSockets } from './socket-open.ts'
import { Listening, Receiving } from './socket-receive.ts'
import { toReadSignal, type SignalPaths } from './socket-signal.ts'
import { SocketStream } from './socket-stream.ts'
import { checkKeys, checkRequest, checkStream, timeoutOf, type Target } from './socket-target.ts'
import { SocketOperations } from './socket-operations.ts'
import { closedFailure } from './socket-wait.ts'
import type { Tags } from './tags.ts'
import type { TokenStream } from './token-stream.ts'

/** How long something on a socket may take, and what it is called. */
export interface WaitOptions {
  /** Default: the caller's total timeout, 60 s. */
  readonly timeout?: DurationInput
}

export interface RequestOptions extends WaitOptions {
  /** What it is recorded under, instead of `WS /path` and the message's `type`. */
  readonly name?: string
  readonly tags?: Tags
}

export type SocketStreamOptions = RequestOptions & SignalPaths

/**
 * An open WebSocket. Messages that nobody waits for are kept until they are received; JSON objects
 * and arrays come parsed, other text as text, binary as bytes.
 */
export class Socket implements AsyncDisposable, AsyncIterable<unknown> {
  readonly #caller: Caller
  readonly #target: Target
  readonly #sockets: OpenSockets
  readonly #operations: SocketOperations
  #connection: Connection

  constructor(caller: Caller, target: Target, sockets: OpenSockets, connection: Connection) {
    this.#caller = caller
    this.#target = target
    this.#sockets = sockets
    this.#operations = new SocketOperations(caller, target)
    this.#connection = connection
  }

  get url(): string {
    return this.#target.url
  }

  get connected(): boolean {
    return this.#connection.open
  }

  /** 1 open, 2 closing, 3 closed. */
  get readyState(): number {
    return this.#connection.readyState
  }

  /** Bytes sent that have not yet left. */
  get bufferedAmount(): number {
    return this.#connection.bufferedAmount
  }

  /** Resolves when the connection has ended, however that was; a new one after `reconnect`. */
  get closed(): Promise<Closure> {
    return this.#connection.closed
  }

  /** Sends text and bytes as they stand, anything else as JSON. @throws OperationError on a closed socket */
  send(message: Sendable): void {
    this.#caller.admit('ws')
    const data = encode(message)
    const { ending } = this.#connection
    if (ending !== undefined) throw closedFailure(this.#operations.of('send'), ending)
    this.#connection.send(data)
  }

  /**
   * The first message that matches, of those kept or to come; others stay for later. Waiting for it is
   * the test's time and not recorded, but a message that never comes is a failure under `WS /path receive`.
   * @throws OperationError when it does not come in time, or the socket ends before
   */
  async receive<T = unknown>(match?: Match<T>, options?: WaitOptions): Promise<T> {
    this.#caller.admit('ws')
    if (options !== undefined) checkKeys(options, ['timeout'], 'receive')
    const { inbox, closure } = this.#connection
    const timeout = timeoutOf(options?.timeout, this.#caller.timeouts.total)
    const receiving = new Receiving(this.#operations.of('receive'), inbox, {
      match,
      timeout,
      asked: false,
    })
    if (!receiving.takeKept()) receiving.begin(closure)
    return await receiving.arrived
  }

  /**
   * Sends a message and waits for its answer: the first message from now on that matches. The round
   * trip is recorded under `WS /path` and the message's `type`.
   * @throws OperationError when no answer comes in time, or the socket ends before
   */
  request<T = unknown>(message: Sendable, match?: Match<T>, options?: RequestOptions): Promise<T> {
    // Not an async function, which would cost a second promise for each round trip.
    try {
      return this.#request(message, match, options)
    } catch (error) {
      return Promise.reject(error)
    }
  }

  #request<T>(message: Sendable, match?: Match<T>, options?: RequestOptions): Promise<T> {
    this.#caller.admit('ws')
    if (options !== undefined) checkRequest(options)
    const connection = this.#connection
    const timeout = timeoutOf(options?.timeout, this.#caller.timeouts.total)
    const data = encode(message)
    const operation = this.#operations.of(typeOf(message, 'request'), options)
    const receiving = new Receiving(operation, connection.inbox, { match, timeout, asked: true })
    receiving.begin(connection.ending)
    if (!receiving.ended) connection.send(data)
    return receiving.arrived
  }

  /**
   * Sends a message whose answer is read token by token; `await` it, or iterate it. Recorded with the
   * times of its tokens; a socket that ends before the end marker makes it `truncated`.
   */
  stream(message: Sendable, options: SocketStreamOptions = {}): TokenStream {
    this.#caller.admit('ws')
    checkStream(options)
    const connection = this.#connection
    const read = toReadSignal(options)
    const timeout = timeoutOf(options.timeout, this.#caller.timeouts.total)
    const data = encode(message)
    const operation = {
      ...this.#operations.of(typeOf(message, 'stream'), options),
      streaming: true,
      series: undefined,
    }
    const stream = new SocketStream(operation, connection.inbox, { read, timeout })
    stream.begin(connection.ending)
    if (!stream.ended) connection.send(data)
    return stream.tokens
  }

  /** Throws away the messages kept that match, or all; gives how many that were. */
  discard<T = unknown>(match?: Match<T>): number {
    return this.#connection.inbox.discard(toMatches(match))
  }

  /** Cuts the connection without a close frame, as a lost network does. What waits is aborted. */
  drop(): void {
    this.#connection.drop('dropped')
  }

  /** Connects again to the same place, with an empty inbox; a connection that still stands is dropped. */
  async reconnect(): Promise<void> {
    this.#caller.admit('ws')
    this.#connection.drop('reconnecting')
    this.#connection = await dial(this.#caller, this.#target, this.#sockets)
  }

  /** The closing handshake, cut short after a second. @throws UsageError for a code that may not be sent */
  async close(code = 1000, reason = ''): Promise<void> {
    await this.#connection.close(code, reason)
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  /** The messages kept and to come, until the socket ends; it waits for the next one as long as it takes. */
  async *[Symbol.asyncIterator](): AsyncGenerator<unknown, void> {
    const connection = this.#connection
    for (;;) {
      const message = connection.inbox.take(ANY) ?? (await this.#next(connection))
      if (message === undefined) return
      yield message.value
    }
  }
  async #next(connection: Connection): Promise<Message | undefined> {
    const { closure } = connection
    if (closure !== undefined && closure.by !== 'inbox') return undefined
    const listening = new Listening(this.#operations.of('receive'), connection.inbox)
    listening.begin(closure)
    return listening.next
  }
}
