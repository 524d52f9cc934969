import { toBytes } from '../units/parse.ts'
import type { BytesInput, Ms } from '../units/units.ts'
import type { Caller } from './caller.ts'
import type { Connection } from './socket-connection.ts'
import { SocketLink, type LinkParts } from './socket-link.ts'
import { ANY, toMatches, type Match } from './socket-match.ts'
import { encode, typeOf, type Sendable } from './socket-message.ts'
import { nextOf, Receiving } from './socket-receive.ts'
import { Draining } from './socket-drain.ts'
import { Measuring } from './socket-measure.ts'
import type {
  Measured,
  MeasureOptions,
  RequestOptions,
  SocketStreamOptions,
  WaitOptions,
} from './socket-options.ts'
import { Pinging } from './socket-ping.ts'
import { keyOf, Same } from './socket-same.ts'
import { toReadSignal } from './socket-signal.ts'
import { SocketStream } from './socket-stream.ts'
import { checkKeys, timeoutOf } from './socket-target.ts'
import { closedFailure } from './socket-record.ts'
import { toTimeouts } from './timeouts.ts'
import type { TokenStream } from './token-stream.ts'

/**
 * An open WebSocket. Messages that nobody waits for are kept until they are received; JSON objects
 * and arrays come parsed, other text as text, binary as bytes.
 */
export class Socket extends SocketLink implements AsyncIterable<unknown> {
  readonly #caller: Caller

  constructor(parts: LinkParts, connection: Connection) {
    super(parts, connection)
    this.#caller = parts.caller
  }

  /** Sends text and bytes as they stand, anything else as JSON. @throws OperationError on a closed socket */
  send(message: Sendable): void {
    this.#caller.admit('ws')
    const data = encode(message)
    const { ending } = this.connection
    if (ending !== undefined) throw closedFailure(this.operations.of('send'), ending)
    this.connection.send(data)
  }

  /**
   * The first message that matches, of those kept or to come; others stay for later. Waiting for it is
   * the test's time and not recorded, but a message that never comes is a failure under `WS /path receive`.
   * @throws OperationError when it does not come in time, or the socket ends before
   */
  async receive<T = unknown>(match?: Match<T>, options?: WaitOptions): Promise<T> {
    this.#caller.admit('ws')
    const timeout = this.#timeout(options, ['timeout'], 'receive')
    const { inbox, closure } = this.connection
    const receiving = new Receiving(this.operations.of('receive'), inbox, {
      match,
      timeout,
      asked: false,
    })
    if (!receiving.takeKept()) receiving.begin(closure)
    return await receiving.arrived
  }

  /**
   * Sends a message and waits for its answer: the first message from now on that matches, or that has
   * the `same('id')`. The round trip is recorded under `WS /path` and the message's `type`.
   * @throws OperationError when no answer comes in time, or the socket ends before
   */
  request<T = unknown>(
    message: Sendable,
    match?: Match<T> | Same,
    options?: RequestOptions,
  ): Promise<T> {
    // Not an async function, which would cost a second promise for each round trip.
    try {
      return this.#request(message, match, options)
    } catch (error) {
      return Promise.reject(error)
    }
  }

  #request<T>(message: Sendable, match?: Match<T> | Same, options?: RequestOptions): Promise<T> {
    this.#caller.admit('ws')
    const timeout = this.#timeout(options, ['name', 'tags', 'timeout'], 'request')
    const connection = this.connection
    const data = encode(message)
    const operation = this.operations.of(typeOf(message, 'request'), options)
    const wanted = match instanceof Same ? { key: keyOf(message, match) } : { match }
    const receiving = new Receiving<T>(operation, connection.inbox, {
      ...wanted,
      timeout,
      asked: true,
    })
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
    checkKeys(options, STREAM_OPTIONS, 'stream')
    const timeouts = toTimeouts(options.timeout, 'timeout', this.#caller.timeouts)
    const connection = this.connection
    const read = toReadSignal(options)
    const data = encode(message)
    const operation = {
      ...this.operations.of(typeOf(message, 'stream'), options),
      streaming: true,
      series: undefined,
    }
    const stream = new SocketStream(operation, connection.inbox, { read, timeouts })
    stream.begin(connection.ending)
    if (!stream.ended) connection.send(data)
    return stream.tokens
  }

  /**
   * Waits for a message that the service pushes, and records under `name` how long after its cause it
   * arrived: from now, or from `since`. Start it before the cause, and await it behind:
   * `const push = socket.measure('signal', { type: 'signal' }); await http.post('/signals'); await push`.
   * @throws OperationError when it does not come in time, or the socket ends before
   */
  measure<T = unknown>(
    name: string,
    match?: Match<T>,
    options?: MeasureOptions<T>,
  ): Promise<Measured<T>> {
    this.#caller.admit('ws')
    const timeout = this.#timeout(options, ['since', 'timeout'], 'measure')
    const { inbox, closure } = this.connection
    const wanted = { match, since: options?.since, timeout }
    const measuring = new Measuring<T>(this.operations.of(name, { name }), inbox, wanted)
    if (!measuring.takeKept()) measuring.begin(closure)
    return measuring.arrived
  }

  /**
   * Sends a ping frame and gives the milliseconds until its pong, recorded as `WS /path ping-frame`.
   * @throws OperationError when no pong comes in time, or the socket ends before
   */
  ping(options?: WaitOptions): Promise<Ms> {
    this.#caller.admit('ws')
    const timeout = this.#timeout(options, ['timeout'], 'ping')
    const pinging = new Pinging(this.operations.of('ping-frame'), this.connection, timeout)
    pinging.begin(this.connection.ending)
    pinging.send()
    return pinging.answered
  }

  /**
   * Waits until at most `limit` bytes of what was sent have not yet left; see `bufferedAmount`.
   * @throws OperationError when the service reads too slowly for that, or the socket ends before
   */
  drained(limit: BytesInput = 0, options?: WaitOptions): Promise<void> {
    this.#caller.admit('ws')
    const timeout = this.#timeout(options, ['timeout'], 'drained')
    const least = toBytes(limit, 'drained(limit)')
    const draining = new Draining(this.operations.of('drained'), this.connection, least, timeout)
    draining.begin(this.connection.closure)
    draining.look()
    return draining.drained
  }

  /** Throws away the messages kept that match, or all; gives how many that were. */
  discard<T = unknown>(match?: Match<T>): number {
    return this.connection.inbox.discard(toMatches(match))
  }

  /**
   * The messages kept and to come, until the socket ends; it waits for the next one as long as it takes,
   * and goes on with the next connection when it reconnects by itself.
   */
  async *[Symbol.asyncIterator](): AsyncGenerator<unknown, void> {
    let connection: Connection | undefined = this.connection
    while (connection !== undefined) {
      const kept = connection.inbox.take(ANY)
      const message = kept ?? (await nextOf(this.operations.of('receive'), connection))
      if (message === undefined) connection = await this.after(connection)
      else yield message.value
    }
  }

  /** @throws UsageError for an option that is none */
  #timeout(options: WaitOptions | undefined, known: readonly string[], what: string): Ms {
    if (options === undefined) return this.#caller.timeouts.total
    checkKeys(options, known, what)
    return timeoutOf(options.timeout, this.#caller.timeouts.total)
  }
}

const STREAM_PATHS = ['wire', 'token', 'reasoning', 'tool', 'usage', 'done', 'error', 'read']
const STREAM_OPTIONS = [...STREAM_PATHS, 'name', 'tags', 'timeout']
