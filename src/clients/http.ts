import type { Answer } from './answer.ts'
import { prepare, seriesOf, type CallOptions, type ClientDefaults, type Method } from './call.ts'
import type { Caller } from './caller.ts'
import { toWire, type WireInput } from './wires/wire-input.ts'
import type { Route } from './route.ts'
import { openStream } from './stream-call.ts'
import type { TokenStream } from './token-stream.ts'
import { callWhole, type ReadyCall } from './whole-call.ts'

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

/** Calls without options that each client keeps ready; more would cost memory when ids are in them. */
const KEPT_READY = 16

/**
 * An HTTP client whose every call is timed and recorded under its name. An unexpected status throws
 * an OperationError that shows request, status and body. Redirects are not followed: a 3xx is an
 * answer like any other.
 */
export class HttpClient {
  readonly #caller: Caller
  readonly #defaults: ClientDefaults
  readonly #streamName: string | undefined
  readonly #kept = new Map<string, ReadyCall>()

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
  request(method: Method, path: string | Route, options?: CallOptions): Promise<Answer> {
    try {
      this.#caller.admit('http')
      return callWhole(this.#caller, this.#ready(method, path, options))
    } catch (error) {
      return Promise.reject(error)
    }
  }

  /** Sends a request whose answer is read token by token; starts at once. */
  stream(path: string | Route, options: StreamOptions = {}): TokenStream {
    this.#caller.admit('http')
    const { wire, method, ...rest } = options
    const hasBody = [rest.json, rest.form, rest.body].some((body) => body !== undefined)
    const how = method ?? (hasBody ? 'POST' : 'GET')
    const call = prepare(how, path, rest, this.#defaults, this.#caller)
    const name = rest.name ?? this.#streamName ?? call.name
    const caller =
      this.#streamName === undefined ? this.#caller : { ...this.#caller, partOf: undefined }
    return openStream(caller, { ...call, name }, toWire(wire ?? 'sse', 'wire'))
  }

  /** The same user's client with a prefix, headers or an access token added. */
  extend({ prefix = '', headers = {}, bearer }: Extension): HttpClient {
    const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])
    const authorization = bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }
    return new HttpClient(
      this.#caller,
      {
        baseUrl: this.#defaults.baseUrl,
        prefix: this.#defaults.prefix + prefix,
        headers: { ...this.#defaults.headers, ...Object.fromEntries(lower), ...authorization },
      },
      this.#streamName,
    )
  }

  /** The same client, its calls recorded as parts of an operation. */
  within(operation: string): HttpClient {
    return new HttpClient({ ...this.#caller, partOf: operation }, this.#defaults)
  }

  /** The same client for an operation that is a stream: its stream is the operation, the rest parts. */
  streamingAs(operation: string): HttpClient {
    return new HttpClient({ ...this.#caller, partOf: operation }, this.#defaults, operation)
  }

  #ready(method: Method, path: string | Route, options: CallOptions | undefined): ReadyCall {
    if (options !== undefined || typeof path !== 'string')
      return this.#prepare(method, path, options)
    const known = this.#kept.get(path)
    const current = known?.operation.recorder === this.#caller.recording.current
    if (known?.call.method === method && current) return known
    const ready = this.#prepare(method, path, options)
    if (known !== undefined || this.#kept.size < KEPT_READY) this.#kept.set(path, ready)
    return ready
  }

  #prepare(method: Method, path: string | Route, options: CallOptions | undefined): ReadyCall {
    const caller = this.#caller
    const call = prepare(method, path, options, this.#defaults, caller)
    const recorder = caller.recording.current
    const series = seriesOf(recorder, caller, call.name)
    const { tally } = caller
    const operation = { method, url: call.url, name: series.name, series, recorder, tally }
    return { call, operation }
  }
}
