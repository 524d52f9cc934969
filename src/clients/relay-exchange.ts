import type { Dispatcher } from 'undici'
import type { OutcomeKind } from '../metrics/outcome.ts'
import type { Ms } from '../units/units.ts'
import type { ResponseHeaders } from './exchange.ts'
import { noteRecorded } from './recorded-errors.ts'
import { StreamExchange } from './stream-exchange.ts'

type Controller = Dispatcher.DispatchController

/**
 * An exchange that measures and passes everything on to another handler, undici's fetch. What an
 * SDK does about an error event, or after the end marker, is left to the SDK.
 */
export class RelayExchange extends StreamExchange {
  override streaming = false
  readonly #next: Dispatcher.DispatchHandler
  #told = false

  constructor(
    next: Dispatcher.DispatchHandler,
    ...rest: ConstructorParameters<typeof StreamExchange>
  ) {
    super(...rest)
    this.#next = next
  }

  override cut(outcome: OutcomeKind, error: Error): void {
    super.cut(outcome, error)
    if (this.controller === undefined) this.#tell(UNSENT, error)
  }

  override onRequestStart(controller: Controller): void {
    super.onRequestStart(controller)
    if (!this.ended) this.#next.onRequestStart?.(controller, {})
  }

  override onResponseStart(
    controller: Controller,
    status: number,
    headers: ResponseHeaders,
    message?: string,
  ): void {
    super.onResponseStart(controller, status, headers)
    this.#next.onResponseStart?.(controller, status, headers, message)
  }

  override onResponseData(controller: Controller, chunk: Buffer): void {
    super.onResponseData(controller, chunk)
    this.#next.onResponseData?.(controller, chunk)
  }

  override onResponseEnd(controller: Controller, trailers: ResponseHeaders): void {
    super.onResponseEnd(controller, trailers)
    this.#next.onResponseEnd?.(controller, trailers)
  }

  override onResponseError(controller: Controller | null, error: Error): void {
    const dropped = controller?.aborted === true && this.status >= 300 && this.status < 400
    // fetch does not wait for the body of a redirect that it follows.
    if (dropped) this.finish('ok')
    super.onResponseError(controller, error)
    this.#tell(controller ?? UNSENT, error)
  }

  protected override failed(outcome: 'streamError' | 'malformed', error: Error): void {
    this.error = error
    this.finishEarly(outcome)
  }

  protected override closesBy(): Ms {
    return this.startedAt + this.timeouts.total
  }

  #tell(controller: Controller, error: Error): void {
    if (this.#told) return
    this.#told = true
    noteRecorded(error)
    this.#next.onResponseError?.(controller, error)
  }
}

/** Stands for the controller of a request that never reached a connection. */
const UNSENT: Controller = {
  aborted: true,
  paused: false,
  reason: null,
  abort: () => {},
  pause: () => {},
  resume: () => {},
}
