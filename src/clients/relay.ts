import { Dispatcher } from 'undici'
import { isExpected, unexpectedStatus, describe, operationError, type Operation } from './answer.ts'
import { seriesOf } from './call.ts'
import type { Caller } from './caller.ts'
import { StreamExchange } from './stream-exchange.ts'
import type { ResponseHeaders } from './exchange.ts'
import { templateOf } from './route.ts'
import { TokenReader } from './token-reader.ts'
import { recognise } from './wires/recognise.ts'

/** An exchange that measures and passes everything on to another handler, undici's fetch. */
class RelayExchange extends StreamExchange {
  override streaming = false
  readonly #next: Dispatcher.DispatchHandler

  constructor(next: Dispatcher.DispatchHandler, ...rest: ConstructorParameters<typeof StreamExchange>) {
    super(...rest)
    this.#next = next
  }

  override onRequestStart(controller: Dispatcher.DispatchController): void {
    super.onRequestStart(controller)
    this.#next.onRequestStart?.(controller, {})
  }

  override onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: ResponseHeaders, message?: string): void {
    super.onResponseStart(controller, status, headers)
    this.#next.onResponseStart?.(controller, status, headers, message)
  }

  override onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    super.onResponseData(controller, chunk)
    this.#next.onResponseData?.(controller, chunk)
  }

  override onResponseEnd(controller: Dispatcher.DispatchController, trailers: ResponseHeaders): void {
    super.onResponseEnd(controller, trailers)
    this.#next.onResponseEnd?.(controller, trailers)
  }

  override onResponseError(controller: Dispatcher.DispatchController, error: Error): void {
    super.onResponseError(controller, error)
    this.#next.onResponseError?.(controller, error)
  }

  override cut(outcome: 'timeout' | 'aborted' | 'streamError', error: Error): void {
    const before = this.controller === undefined && !this.ended
    super.cut(outcome, error)
    if (before) this.#next.onResponseError?.(UNSENT, error)
  }
}

/** Stands for the controller of a request that never reached a connection. */
const UNSENT: Dispatcher.DispatchController = {
  aborted: true,
  paused: false,
  reason: null,
  abort: () => {},
  pause: () => {},
  resume: () => {},
}

/** A dispatcher over a caller's own connections that records whatever goes through it. */
export class RelayDispatcher extends Dispatcher {
  readonly #caller: Caller

  constructor(caller: Caller) {
    super()
    this.#caller = caller
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    const caller = this.#caller
    const origin = String(options.origin)
    const url = origin + options.path
    const recorder = caller.recording.current
    const series = seriesOf(recorder, caller, `${options.method} ${templateOf(options.path)}`)
    const operation: Operation = { method: options.method, url, name: series.name, series, recorder }
    const exchange = new RelayExchange(handler, caller.clock, caller.inFlight, caller.timeouts)
    exchange.onHeaders = ({ status, headers }) => {
      if (status >= 300 || !isEventStream(headers)) return undefined
      exchange.streaming = true
      return new TokenReader(recognise(), exchange.startedAt)
    }
    exchange.onSettled = () => settle(exchange, operation, caller)
    exchange.begin()
    if (!exchange.ended) caller.connections.send(origin, withCookies(options, url, caller), exchange)
    return true
  }
}

function settle(exchange: StreamExchange, operation: Operation, caller: Caller): void {
  if (exchange.status !== 0) caller.cookies.store(exchange.headers, operation.url)
  const refused = exchange.outcome === 'ok' && !isExpected(exchange.status, undefined)
  if (refused) exchange.outcome = 'status'
  operation.series.record(exchange, exchange.reader?.timing())
  if (exchange.outcome === 'ok') return
  caller.tally.failed++
  const kind = exchange.outcome
  if (kind === 'aborted') return
  const reason = refused ? unexpectedStatus(exchange.status, undefined) : undefined
  const error = operationError(operation, exchange, kind, reason)
  operation.recorder.failure(operation.name, kind, error.reason, exchange.endedAt, () => describe(error))
}

/** Compressed events cannot be timed one by one without decoding them twice; they are left alone. */
function isEventStream(headers: ResponseHeaders): boolean {
  const type = headers['content-type']
  return typeof type === 'string' && type.startsWith('text/event-stream') && headers['content-encoding'] === undefined
}

function withCookies(options: Dispatcher.DispatchOptions, url: string, caller: Caller): Dispatcher.DispatchOptions {
  const cookie = caller.cookies.header(url)
  if (cookie === undefined) return options
  return { ...options, headers: { ...(options.headers as Readonly<Record<string, string>>), cookie } }
}
