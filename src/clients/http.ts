import type { Answer } from './answer.ts'
import {
  operationOf,
  prepare,
  toEndpoint,
  type CallOptions,
  type ClientDefaults,
  type Endpoint,
  type Method,
} from './call.ts'
import type { Caller } from './caller.ts'
import type { ParsedWire } from './wires/parse-wire.ts'
import { toWire, type WireInput } from './wires/wire-input.ts'
import { checkTags, joinTags, type Tags } from './tags.ts'
import { lowered, type Memory } from './remembered.ts'
import type { Route } from './route.ts'
import { openStream } from './stream-call.ts'
import { toStreamReconnectPlan, type StreamReconnectOptions } from './stream-reconnect.ts'
import { Subscription } from './subscription.ts'
import type { TokenStream } from './token-stream.ts'
import { callWhole, type ReadyCall } from './whole-call.ts'

/** What `extend` lays over a client. */
export interface Extension {
  /** Put before every path: `'/api/v1'`. */
  readonly prefix?: string
  readonly headers?: Readonly<Record<string, string>>
  /** An access token, sent as `authorization: Bearer …`. */
  readonly bearer?: string
  /** Of each call, beside its own. */
  readonly tags?: Tags
}

/**
 * A stream call: its wire says how tokens are read. Without one its headers and its first event tell:
 * those known by name are recognised, other events and lines are read as `'sse'` and `'ndjson'`.
 */
export interface StreamOptions extends CallOptions {
  readonly method?: Method
  readonly wire?: WireInput | ParsedWire
  /** Of a GET: comes back by itself when its connection is lost: `true`, or how. Default: false. */
  readonly reconnect?: boolean | StreamReconnectOptions
}

/** An endpoint with its call without options, which is the same every time. */
interface KeptEndpoint extends Endpoint {
  plain?: ReadyCall
}

/** Endpoints that each client remembers; more would cost memory when there are ids in the paths. */
const MOST_KEPT = 16

/**
 * An HTTP client whose every call is timed and recorded under its name. An unexpected status throws
 * an OperationError that shows request, status and body. Redirects are not followed: a 3xx is an
 * answer like any other.
 */
export class HttpClient {
  readonly #caller: Caller
  readonly #defaults: ClientDefaults
  readonly #streamName: string | undefined
  readonly #kept = new Map<string, KeptEndpoint>()

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
    const { wire, method, reconnect, ...rest } = options
    const hasBody = [rest.json, rest.form, rest.body].some((body) => body !== undefined)
    const how = method ?? (hasBody ? 'POST' : 'GET')
    const plan = toStreamReconnectPlan(reconnect, how)
    const endpoint = this.#endpoint(how, path)
    const call = prepare(endpoint, rest, this.#defaults, this.#caller)
    const name = rest.name ?? this.#streamName ?? call.name
    const caller =
      this.#streamName === undefined ? this.#caller : { ...this.#caller, partOf: undefined }
    const reading = wire === undefined ? undefined : toWire(wire, 'wire')
    const named = { ...call, name }
    if (plan === undefined) return openStream(caller, named, reading)
    return new Subscription(caller, named, reading, plan).begin()
  }

  /** The same user's client with a prefix, headers or an access token added. */
  extend({ prefix = '', headers = {}, bearer, tags }: Extension): HttpClient {
    if (tags !== undefined) checkTags(tags, 'http.extend.tags')
    const authorization = bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }
    return new HttpClient(
      this.#caller,
      {
        baseUrl: this.#defaults.baseUrl,
        prefix: this.#defaults.prefix + prefix,
        headers: { ...this.#defaults.headers, ...lowered(headers), ...authorization },
        tags: joinTags(this.#defaults.tags, tags),
      },
      this.#streamName,
    )
  }

  /**
   * Headers or an access token that this user sends from now on with every call to the service: by
   * `http`, `fetch`, `session`, `sessions` and `ws`. For what a log-in gives.
   */
  remember(memory: Memory): void {
    this.#caller.remembered.add(this.#defaults.baseUrl, memory)
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
    const endpoint = this.#endpoint(method, path)
    if (options === undefined) return (endpoint.plain ??= this.#readied(endpoint, undefined))
    const named = options.name !== undefined || options.query !== undefined
    if (named) return this.#readied(endpoint, options)
    const call = prepare(endpoint, options, this.#defaults, this.#caller)
    endpoint.plain ??= this.#readied(endpoint, undefined)
    if (options.tags !== undefined) endpoint.plain.operation.series.tag(options.tags)
    return { call, operation: endpoint.plain.operation }
  }

  #readied(endpoint: Endpoint, options: CallOptions | undefined): ReadyCall {
    const call = prepare(endpoint, options, this.#defaults, this.#caller)
    return { call, operation: operationOf(call, this.#caller, endpoint.recorder) }
  }

  #endpoint(method: Method, path: string | Route): KeptEndpoint {
    const recorder = this.#caller.recording.current
    if (typeof path !== 'string') return toEndpoint(method, path, this.#defaults, recorder)
    const known = this.#kept.get(path)
    if (known?.method === method && known.recorder === recorder) return known
    const endpoint: KeptEndpoint = toEndpoint(method, path, this.#defaults, recorder)
    if (known !== undefined || this.#kept.size < MOST_KEPT) this.#kept.set(path, endpoint)
    return endpoint
  }
}
