import { Dispatcher } from 'undici'
import { isExpected, unexpectedStatus, type Operation } from './answer.ts'
import { operationOf } from './call.ts'
import { takeLag, type Caller } from './caller.ts'
import { dispatch } from './dispatch.ts'
import type { ResponseHeaders } from './exchange.ts'
import { identified } from './identity.ts'
import { RelayExchange } from './relay-exchange.ts'
import type { Headers } from './remembered.ts'
import { templateOf } from './route.ts'
import { recordFailure } from './settle.ts'
import type { StreamExchange } from './stream-exchange.ts'
import { TokenReader } from './token-reader.ts'
import { framingOf, recognise } from './wires/recognise.ts'

/** A dispatcher over a caller's own connections that records whatever goes through it. */
export class RelayDispatcher extends Dispatcher {
  /** Lives as long as the dispatcher does: a fetch under way. */
  readonly held: unknown
  readonly #caller: Caller

  constructor(caller: Caller, held?: unknown) {
    super()
    this.#caller = caller
    this.held = held
  }

  override dispatch(
    options: Dispatcher.DispatchOptions,
    handler: Dispatcher.DispatchHandler,
  ): boolean {
    const caller = this.#caller
    const origin = String(options.origin)
    const { method, path } = options
    const name = `${method} ${templateOf(path)}`
    const call = { method, url: origin + path, name }
    const operation = operationOf(call, caller, caller.recording.current)
    operation.series.begins()
    const exchange = new RelayCall(handler, { caller, operation, origin, method })
    dispatch(caller, origin, withIdentity(options, operation.url, caller), exchange)
    return true
  }
}

/** What a call through the relay is for. */
interface RelayParts {
  readonly caller: Caller
  readonly operation: Operation
  readonly origin: string
  readonly method: string
}

/** An exchange that knows what it is for, so that it needs no closures; see `StreamCall`. */
class RelayCall extends RelayExchange {
  readonly #parts: RelayParts

  constructor(handler: Dispatcher.DispatchHandler, parts: RelayParts) {
    const { clock, inFlight, timeouts } = parts.caller
    super(handler, clock, inFlight, timeouts, takeLag(parts.caller))
    this.#parts = parts
  }

  protected override answered(): TokenReader | undefined {
    const { status, headers, intendedAt } = this
    const { caller, origin, method } = this.#parts
    const hasBody = status < 300 && status !== 204 && method !== 'HEAD'
    if (!hasBody || !isStream(headers)) return undefined
    this.streaming = true
    caller.connections.advance(origin)
    return new TokenReader(recognise(headers), intendedAt)
  }

  protected override settled(): void {
    const { caller, operation } = this.#parts
    if (this.status !== 0) caller.cookies.store(this.headers, operation.url)
    settle(this, operation)
    this.reader?.leave()
  }
}

function settle(exchange: StreamExchange, operation: Operation): void {
  const { outcome, status } = exchange
  const timing = exchange.reader?.timing()
  if (outcome !== 'ok') recordFailure(operation, exchange, { timing })
  else if (isExpected(status, undefined)) operation.series.record(exchange, timing)
  else recordFailure(operation, exchange, { refusal: unexpectedStatus(status, undefined) })
}

/** Compressed streams cannot be timed token by token without decoding them twice; they are left alone. */
const isStream = (headers: ResponseHeaders): boolean =>
  framingOf(headers) !== undefined && headers['content-encoding'] === undefined

function withIdentity(
  options: Dispatcher.DispatchOptions,
  url: string,
  caller: Caller,
): Dispatcher.DispatchOptions {
  const own = (options.headers ?? {}) as Headers
  const headers = identified(caller, url, own)
  return headers === own ? options : { ...options, headers }
}
