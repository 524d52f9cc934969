import type { OutcomeKind } from '../metrics/outcome.ts'
import { PART } from '../metrics/recorder.ts'
import type { Ms } from '../units/units.ts'
import { isExpected } from './answer.ts'
import { operationOf, type Prepared } from './call.ts'
import { takeLag, type Caller } from './caller.ts'
import { send } from './dispatch.ts'
import { CallSite } from './error-stack.ts'
import type { Bounded } from './in-flight.ts'
import { StreamExchange } from './stream-exchange.ts'
import { ResumePoint } from './resume-point.ts'
import type { StreamReconnectPlan } from './stream-reconnect.ts'
import { settleStream, type StreamParts } from './stream-settle.ts'
import type { TokenReader } from './token-reader.ts'
import { TokenStream } from './token-stream.ts'
import { recognise } from './wires/recognise.ts'
import type { Wire } from './wires/wire.ts'

/** Ways of losing a connection that another one can make up for. */
const LOST: readonly OutcomeKind[] = ['truncated', 'empty', 'reset', 'stale', 'refused']

const RECOVERY = `${PART}recovery`

/**
 * A stream that comes back when its connection is lost, as an EventSource does: with `Last-Event-ID`,
 * after the pause that the service asks for. It is one operation from its first connection to its end;
 * each way back is one of its parts, `recovery`. A close is no end; a marker, a 204 and `total` are.
 */
export class Subscription implements Bounded {
  slot = -1
  order = 0
  readonly stream = new TokenStream({ leave: () => this.#leave(), stop: (at) => this.#stop(at) })
  readonly #caller: Caller
  readonly #wire: Wire | undefined
  readonly #point: ResumePoint
  readonly #parts: StreamParts
  readonly #first: StreamExchange
  #exchange: StreamExchange
  #reader: TokenReader | undefined
  /** When the connection was lost that is not back yet. */
  #lostAt: Ms | undefined
  #retryAt: Ms = 0
  #reconnects = 0

  constructor(caller: Caller, call: Prepared, wire: Wire | undefined, plan: StreamReconnectPlan) {
    this.#caller = caller
    this.#wire = wire
    this.#point = new ResumePoint(plan)
    const operation = operationOf(call, caller, caller.recording.current, { streaming: true })
    this.#parts = { operation, call, stream: this.stream, site: new CallSite() }
    const { clock, inFlight } = caller
    this.#first = new StreamExchange(clock, inFlight, call.timeouts, takeLag(caller))
    this.#exchange = this.#first
  }

  begin(): TokenStream {
    this.#parts.operation.series.begins()
    this.#send(this.#parts.call)
    return this.stream
  }

  /** While it waits to connect again. */
  deadline(): Ms {
    return Math.min(this.#retryAt, this.#endsBy)
  }

  expire(now: Ms): void {
    this.#caller.inFlight.delete(this)
    if (now >= this.#endsBy) return this.#endWith('timeout', this.#tooLong)
    try {
      this.#connect(now)
    } catch {
      // Whoever called has left, and nobody has ended its streams.
      this.#endWith('cutOff', 'its connections were closed')
    }
  }

  abort(reason: string): void {
    this.#endWith('cutOff', reason)
  }

  get #tooLong(): string {
    return `no end of the stream within ${this.#parts.call.timeouts.total} ms`
  }

  get #endsBy(): Ms {
    return this.#first.startedAt + this.#parts.call.timeouts.total
  }

  #connect(now: Ms): void {
    const { clock, inFlight } = this.#caller
    const { call } = this.#parts
    const { timeouts } = call
    const elapsed = now - this.#first.startedAt
    const total = timeouts.total - elapsed
    const { connect, firstByte } = timeouts
    const silent = this.#reader?.lastAt === undefined
    const firstToken = silent ? timeouts.firstToken - elapsed : Infinity
    const least = Math.min(connect, firstByte, total, firstToken)
    this.#exchange = new StreamExchange(clock, inFlight, { ...timeouts, total, firstToken, least })
    this.#send(this.#point.from(call))
  }

  #send(call: Prepared): void {
    const exchange = this.#exchange
    exchange.onHeaders = () => this.#answered(exchange)
    exchange.onSettled = () => this.#ended(exchange)
    send(this.#caller, call, exchange)
  }

  #answered({ status, headers }: StreamExchange): TokenReader | undefined {
    if (status >= 300 || !isExpected(status, this.#parts.call.expect)) return undefined
    if (this.#lostAt !== undefined && status !== 204) {
      this.#reconnects++
      this.#recovered('ok', this.#lostAt)
    }
    if (this.#reader === undefined) {
      const wire = this.#wire ?? recognise(headers)
      this.#reader = this.#point.reader(wire, this.#first.intendedAt, this.stream)
    } else this.#reader.reopen()
    return this.#reader
  }

  #ended(exchange: StreamExchange): void {
    const { status, outcome, endedAt } = exchange
    // It knows only of what was left of the total when it began.
    if (outcome === 'timeout' && endedAt >= this.#endsBy) exchange.error = new Error(this.#tooLong)
    if (status !== 0) this.#caller.cookies.store(exchange.headers, this.#parts.call.url)
    const lost = this.#reader !== undefined && LOST.includes(outcome)
    // The service says that there is no more to come.
    if (lost && status === 204 && this.#lostAt !== undefined) exchange.outcome = 'ok'
    else if (lost && this.#point.another()) return this.#wait(exchange)
    this.#settle()
  }

  #wait({ endedAt }: StreamExchange): void {
    this.#lostAt ??= endedAt
    this.#retryAt = endedAt + this.#point.delay
    this.#caller.inFlight.add(this, this.deadline())
  }

  #leave(): void {
    const why = 'the test left the stream'
    if (this.slot < 0) this.#exchange.cut('aborted', new Error(why))
    else this.#endWith('aborted', why)
  }

  #stop(at: Ms | undefined): void {
    if (this.slot < 0) return this.#exchange.stop(at)
    if (at === undefined) return
    this.#exchange.stoppedAt = at
    this.#endWith('ok')
  }

  /** It ends while it waits: in place of the exchange that ended before. */
  #endWith(outcome: OutcomeKind, why?: string): void {
    this.#caller.inFlight.delete(this)
    const exchange = this.#exchange
    exchange.outcome = outcome
    exchange.error = why === undefined ? undefined : new Error(why)
    exchange.endedAt = this.#caller.clock.now()
    this.#settle()
  }

  #settle(): void {
    const exchange = this.#exchange
    const { outcome } = exchange
    if (this.#lostAt !== undefined && outcome !== 'ok') this.#recovered(outcome, this.#lostAt)
    const before = { first: this.#first, reader: this.#reader, reconnects: this.#reconnects }
    settleStream(exchange, this.#parts, before)
    this.#reader?.leave()
  }

  #recovered(outcome: OutcomeKind, startedAt: Ms): void {
    this.#lostAt = undefined
    const { recorder, name } = this.#parts.operation
    const series = recorder.series(name + RECOVERY, { part: true })
    const endedAt = this.#caller.clock.now()
    series.record({ outcome, startedAt, endedAt, firstByteAt: undefined })
  }
}
