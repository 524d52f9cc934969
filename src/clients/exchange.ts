import type { Dispatcher } from 'undici'
import type { Clock } from '../clock/clock.ts'
import type { OutcomeKind } from '../metrics/outcome.ts'
import type { Sample } from '../metrics/sample.ts'
import type { Ms } from '../units/units.ts'
import { classifyError } from './classify.ts'
import type { Bounded, InFlight } from './in-flight.ts'
import type { Timeouts } from './timeouts.ts'

export type ResponseHeaders = Readonly<Record<string, string | string[] | undefined>>

/** A kept-alive connection that failed this soon after being sent on had died while it was idle. */
const STALE_WITHIN: Ms = 100
/** … if it had been idle for at least this long. */
const STALE_AFTER_IDLE: Ms = 20

/**
 * One HTTP exchange: undici's handler, the sample that is recorded, and what the deadlines watch, in
 * one object, since this is the hot path. It always ends in `finish`, once: failures are data.
 */
export class Exchange implements Dispatcher.DispatchHandler, Sample, Bounded {
  readonly startedAt: Ms
  firstByteAt: Ms | undefined = undefined
  endedAt: Ms = 0
  outcome: OutcomeKind = 'ok'
  status = 0
  headers: ResponseHeaders = {}
  /** Why it failed, when no status says so. */
  error: Error | undefined = undefined
  ended = false
  /** The connection had been idle for so long; `undefined` for a new connection. */
  idleFor: Ms | undefined = undefined
  /** Keeps its connection for long, so it is none of the six that other calls share. */
  streaming = false
  /** Told once, when the connection is free again: at the end, or later when bytes still come. */
  onRelease: ((exchange: Exchange) => void) | undefined = undefined

  protected readonly clock: Clock
  protected controller: Dispatcher.DispatchController | undefined = undefined
  readonly #inFlight: InFlight
  readonly #timeouts: Timeouts
  #sentAt: Ms | undefined = undefined

  constructor(clock: Clock, inFlight: InFlight, timeouts: Timeouts) {
    this.clock = clock
    this.#inFlight = inFlight
    this.#timeouts = timeouts
    this.startedAt = clock.now()
  }

  /** From here on the deadlines count. */
  begin(): void {
    this.#inFlight.add(this, this.startedAt + this.#timeouts.least)
  }

  deadline(): Ms {
    const total = this.startedAt + this.#timeouts.total
    if (this.firstByteAt !== undefined) return total
    if (this.#sentAt === undefined) return Math.min(total, this.startedAt + this.#timeouts.connect)
    return Math.min(total, this.#sentAt + this.#timeouts.firstByte)
  }

  expire(now: Ms): void {
    const what = this.firstByteAt !== undefined || now >= this.startedAt + this.#timeouts.total
      ? `no complete answer within ${this.#timeouts.total} ms`
      : this.#sentAt === undefined
        ? `no connection within ${this.#timeouts.connect} ms`
        : `no first byte within ${this.#timeouts.firstByte} ms`
    this.cut('timeout', new Error(what))
  }

  abort(reason: string): void {
    this.cut('aborted', new Error(reason))
  }

  /** Ends the exchange from our side and closes its connection. */
  cut(outcome: OutcomeKind, error: Error): void {
    if (this.ended) return
    this.error = error
    this.finish(outcome)
    this.controller?.abort(error)
    this.release()
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller
    this.#sentAt = this.clock.now()
    if (this.ended) controller.abort(this.error ?? new Error('ended before it was sent'))
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: ResponseHeaders): void {
    if (status < 200) return
    this.firstByteAt = this.clock.now()
    this.status = status
    this.headers = headers
  }

  onResponseData(_controller: Dispatcher.DispatchController, _chunk: Buffer): void {}

  onResponseEnd(_controller: Dispatcher.DispatchController, _trailers: ResponseHeaders): void {
    this.finish('ok')
    this.release()
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (!this.ended) {
      this.error = error
      this.finish(this.#outcomeOf(error))
    }
    this.release()
  }

  /** Stamps the end and sets the outcome; later calls change nothing. */
  protected finish(outcome: OutcomeKind): void {
    if (this.ended) return
    this.ended = true
    this.endedAt = this.clock.now()
    this.outcome = outcome
    this.#inFlight.delete(this)
    this.settled()
  }

  /** Gives the connection back. */
  protected release(): void {
    const { onRelease } = this
    this.onRelease = undefined
    onRelease?.(this)
  }

  /** What follows the end, in the kinds of exchanges. */
  protected settled(): void {}

  #outcomeOf(error: Error): OutcomeKind {
    if (error.name === 'AbortError') return 'aborted'
    const kind = classifyError(error)
    if (kind !== 'reset') return kind
    if (this.firstByteAt !== undefined) return 'truncated'
    const sinceSent = this.clock.now() - (this.#sentAt ?? this.startedAt)
    const wasIdle = this.idleFor !== undefined && this.idleFor >= STALE_AFTER_IDLE
    return wasIdle && sinceSent <= STALE_WITHIN ? 'stale' : 'reset'
  }
}

/** An exchange whose body is gathered whole; the chunks are decoded only when asked for. */
export class WholeExchange extends Exchange {
  readonly chunks: Buffer[] = []
  onSettled: ((exchange: WholeExchange) => void) | undefined = undefined

  override onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.chunks.push(chunk)
  }

  protected override settled(): void {
    this.onSettled?.(this)
  }
}
