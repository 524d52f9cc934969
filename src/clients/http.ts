import { Answer, describe, isExpected, operationError, unexpectedStatus, type Operation } from './answer.ts'
import { prepare, seriesOf, type CallOptions, type ClientDefaults, type Method, type Prepared } from './call.ts'
import type { Caller } from './caller.ts'
import { toDispatch } from './dispatch.ts'
import { WholeExchange } from './exchange.ts'
import { toWire, type WireInput } from './wires/wire-input.ts'
import type { Route } from './route.ts'
import { openStream } from './stream-call.ts'
import type { TokenStream } from './token-stream.ts'

/** What `extend` lays over a client. */
export interface Extension {
  /** Put before every path: `'/api/v1'`. */
  readonly prefix?: string
  readonly headers?: Readonly<Record<string, string>>
  /** An access token, sent as `authorization: Bearer …`. */
  readonly bearer?: string
}

/** A stream call: its wire says how tokens are read. Default `'sse'`. */
export interface StreamOptions extends CallOptions {
  readonly method?: Method
  readonly wire?: WireInput
}

/**
 * An HTTP client whose every call is timed and recorded under its name. An unexpected status throws
 * an OperationError that shows request, status and body. Redirects are not followed: a 3xx is an
 * answer like any other.
 */
export class HttpClient {
  readonly #caller: Caller
  readonly #defaults: ClientDefaults
  readonly #streamName: string | undefined

  constructor(caller: Caller, defaults: ClientDefaults, streamName?: string) {
    this.#caller = caller
    this.#defaults = defaults
    this.#streamName = streamName
  }

  get(path: string | Route, options?: CallOptions): Promise<Answer> {
    return this.request('GET', path, options)
  }

  post(path: string | Route, options?: CallOptions): Promise<Answer> {
    return this.request('POST', path, options)
  }

  put(path: string | Route, options?: CallOptions): Promise<Answer> {
    return this.request('PUT', path, options)
  }

  patch(path: string | Route, options?: CallOptions): Promise<Answer> {
    return this.request('PATCH', path, options)
  }

  delete(path: string | Route, options?: CallOptions): Promise<Answer> {
    return this.request('DELETE', path, options)
  }

  /**
   * Sends a request and reads its whole answer.
   * @throws UsageError before anything is sent; OperationError when it failed
   */
  async request(method: Method, path: string | Route, options?: CallOptions): Promise<Answer> {
    const caller = this.#caller
    caller.admit('http')
    const call = prepare(method, path, options, this.#defaults, caller)
    const recorder = caller.recording.current
    const series = seriesOf(recorder, caller, call.name)
    const exchange = new WholeExchange(caller.clock, caller.inFlight, call.timeouts)
    await send(caller, call, exchange)
    const operation: Operation = { method, url: call.url, name: series.name, series, recorder }
    if (exchange.outcome === 'ok') {
      caller.cookies.store(exchange.headers, call.url)
      if (isExpected(exchange.status, call.expect)) {
        series.record(exchange)
        return new Answer(exchange, operation)
      }
    }
    throw recordFailure(caller, exchange, operation, call)
  }

  /** Sends a request whose answer is read token by token; starts at once. */
  stream(path: string | Route, options: StreamOptions = {}): TokenStream {
    this.#caller.admit('http')
    const { wire, method, ...rest } = options
    const how = method ?? (rest.json ?? rest.form ?? rest.body ? 'POST' : 'GET')
    const call = prepare(how, path, rest, this.#defaults, this.#caller)
    const name = rest.name ?? this.#streamName ?? call.name
    const caller = this.#streamName === undefined ? this.#caller : { ...this.#caller, partOf: undefined }
    return openStream(caller, { ...call, name }, toWire(wire ?? 'sse', 'wire'))
  }

  /** The same user's client with a prefix, headers or an access token added. */
  extend({ prefix = '', headers = {}, bearer }: Extension): HttpClient {
    const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])
    const authorization = bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }
    return new HttpClient(this.#caller, {
      baseUrl: this.#defaults.baseUrl,
      prefix: this.#defaults.prefix + prefix,
      headers: { ...this.#defaults.headers, ...Object.fromEntries(lower), ...authorization },
    }, this.#streamName)
  }

  /** The same client, its calls recorded as parts of an operation. */
  within(operation: string): HttpClient {
    return new HttpClient({ ...this.#caller, partOf: operation }, this.#defaults)
  }

  /** The same client for an operation that is a stream: its stream is the operation, the rest parts. */
  streamingAs(operation: string): HttpClient {
    return new HttpClient({ ...this.#caller, partOf: operation }, this.#defaults, operation)
  }
}

/** Sends a prepared call; resolves when its exchange has ended, however that was. */
function send(caller: Caller, call: Prepared, exchange: WholeExchange): Promise<unknown> {
  return new Promise((resolve) => {
    exchange.onSettled = resolve
    exchange.begin()
    if (!exchange.ended) caller.connections.send(call.origin, toDispatch(caller, call), exchange)
  })
}

function recordFailure(caller: Caller, exchange: WholeExchange, operation: Operation, call: Prepared): Error {
  const status = exchange.outcome === 'ok'
  const reason = status ? unexpectedStatus(exchange.status, call.expect) : undefined
  if (exchange.outcome === 'ok') exchange.outcome = 'status'
  caller.tally.failed++
  const kind = exchange.outcome
  const error = operationError(operation, exchange, kind, reason)
  operation.series.record(exchange)
  if (kind !== 'aborted') operation.recorder.failure(operation.name, kind, error.reason, exchange.endedAt, () => describe(error))
  return error
}
