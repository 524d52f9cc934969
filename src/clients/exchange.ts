import type { Dispatcher } from 'undici'
import type { Clock } from '../clock/clock.ts'
import type { OutcomeKind } from '../metrics/outcome.ts'
import type { Sample } from '../metrics/sample.ts'
import type { Ms } from '../units/units.ts'
import { classifyError } from './classify.ts'
import type { Bounded, InFlight } from './in-flight.ts'
import type { Timeouts } from './timeouts.ts'
import type { Watcher } from './watcher.ts'

export type ResponseHeaders = Readonly<Record<string, string | string[] | undefined>>
type Controller = Dispatcher.DispatchController

const NONE: ResponseHeaders = {}
/** The chunks of an exchange that has kept none. */
export const NO_CHUNKS: Buffer[] = []
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
  /** How long before that it should have started; deadlines do not count it. */
  readonly lag: Ms
  firstByteAt: Ms | undefined = undefined
  endedAt: Ms = 0
  slot = -1
  order = 0
  outcome: OutcomeKind = 'ok'
  status = 0
  headers: ResponseHeaders = NONE
  /** Why it failed, when no status says so. */
  error: Error | undefined = undefined
  ended = false
  /** The whole answer was read, so its connection may serve the next call. */
  reusable = false
  /** The connection had been idle for so long; `undefined` for a new connection. */
  idleFor: Ms | undefined = undefined
  /** Had to wait for its connection to be opened. */
  cold = false
  /** Keeps its connection for long, so it is none of the six that other calls share. */
  streaming = false
  /** Told once, when the connection is free again: at the end, or later when bytes still come. */
  onRelease: ((exchange: Exchange) => void) | undefined = undefined
  watcher: Watcher | undefined = undefined

  protected readonly clock: Clock
  protected readonly inFlight: InFlight
  protected readonly timeouts: Timeouts
  protected controller: Controller | undefined = undefined
  #sentAt: Ms | undefined = undefined

  constructor(clock: Clock, inFlight: InFlight, timeouts: Timeouts, lag: Ms = 0) {
    this.clock = clock
    this.inFlight = inFlight
    this.timeouts = timeouts
    this.startedAt = clock.now()
    this.lag = lag
  }

  /** When it should have started, which is what its times count from. */
  get intendedAt(): Ms {
    return this.startedAt - this.lag
  }

  /** From here on the deadlines count. */
  begin(): void {
    this.inFlight.add(this, this.startedAt + this.timeouts.least)
  }

  deadline(): Ms {
    const { connect, firstByte } = this.timeouts
    const total = this.startedAt + this.timeouts.total
    if (this.firstByteAt !== undefined) return total
    if (this.#sentAt === undefined) return Math.min(total, this.startedAt + connect)
    return Math.min(total, this.#sentAt + firstByte)
  }

  expire(now: Ms): void {
    const passed = Math.round(now - this.startedAt)
    this.cut('timeout', new Error(`${this.#missed(now)} (gave up after ${passed} ms)`))
  }

  abort(reason: string): void {
    this.cut('cutOff', new Error(reason))
  }

  /** Ends the exchange from our side and closes its connection, if it still has one. */
  cut(outcome: OutcomeKind, error: Error): void {
    if (!this.ended) {
      this.error = error
      this.finish(outcome)
    }
    // A connection given back may serve another exchange by now.
    if (this.onRelease === undefined) return
    this.controller?.abort(error)
    this.release()
  }

  onRequestStart(controller: Controller): void {
    this.controller = controller
    this.#sentAt = this.clock.now()
    if (this.ended) return controller.abort(this.error ?? new Error('ended before it was sent'))
    this.inFlight.moved(this.#sentAt + this.timeouts.firstByte)
  }

  onResponseStart(_controller: Controller, status: number, headers: ResponseHeaders): void {
    if (status < 200) return
    this.firstByteAt = this.clock.now()
    this.status = status
    this.headers = headers
  }

  onResponseData(_controller: Controller, _chunk: Buffer): void {}

  onResponseEnd(_controller: Controller, _trailers: ResponseHeaders): void {
    this.reusable = true
    this.finish('ok')
    this.release()
  }

  onResponseError(_controller: Controller | null, error: Error): void {
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
    this.inFlight.delete(this)
    this.watcher?.ended()
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

  #missed(now: Ms): string {
    const { connect, firstByte, total } = this.timeouts
    if (this.firstByteAt !== undefined || now >= this.startedAt + total) {
      return `no complete answer within ${total} ms`
    }
    return this.#sentAt === undefined
      ? `no connection within ${connect} ms`
      : `no first byte within ${firstByte} ms`
  }

  #outcomeOf(error: Error): OutcomeKind {
    // Whoever holds the controller (an SDK behind `fetch`) gave up itself, for a reason of its own.
    if (this.controller?.aborted === true || error.name === 'AbortError') {
      return error.name === 'TimeoutError' ? 'timeout' : 'aborted'
    }
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
  chunks: Buffer[] = NO_CHUNKS
  onSettled: ((exchange: WholeExchange) => void) | undefined = undefined

  override onResponseData(_controller: Controller, chunk: Buffer): void {
    this.watcher?.data(chunk)
    this.keep(chunk)
  }

  /** Most bodies are one chunk: an array of one, made by hand, is a fraction of a grown one. */
  protected keep(chunk: Buffer): void {
    if (this.chunks === NO_CHUNKS) this.chunks = [chunk]
    else this.chunks.push(chunk)
  }

  protected override settled(): void {
    this.onSettled?.(this)
  }
}
