import { distribution, type Distribution } from '../metrics/distribution.ts'
import { isFailure, type OutcomeKind } from '../metrics/outcome.ts'
import { Histogram } from '../stats/histogram.ts'
import type { Ms } from '../units/units.ts'
import type { Timer } from '../clock/clock.ts'
import { CallSite } from './error-stack.ts'
import { FanOutReceiver } from './fan-out-receiver.ts'
import type { Bounded } from './in-flight.ts'
import type { Closure } from './socket-closure.ts'
import { outcomeOf } from './socket-closure.ts'
import type { Message } from './socket-message.ts'
import { closedError, failed, record, type SocketOperation } from './socket-record.ts'
import type { CauseOf } from './socket-since.ts'
import type { Matches } from './socket-match.ts'

/** What became of messages that were meant for all sockets of a group. */
export interface FanOut {
  /** Sockets times messages: `received + lost`. */
  readonly expected: number
  /** Deliveries, each message once for each socket. */
  readonly received: number
  /** Deliveries that did not come in time, or to a socket that had ended. */
  readonly lost: number
  /** Deliveries of a message that the socket had already. */
  readonly duplicated: number
  /** Deliveries of a message with a smaller number than one before it on its socket. */
  readonly outOfOrder: number
  /** Of the deliveries, from the cause to the arrival: p50, p99, and `max` for the last one. */
  readonly latency: Distribution
}

/** What is listened for. */
export interface FanOutPlan {
  readonly name: string
  readonly matches: Matches
  readonly causeOf: CauseOf
  /** Path to what tells a message from the others. */
  readonly id: string | undefined
  /** Different messages that each socket is to get. */
  readonly messages: number
  readonly timeout: Ms
  readonly linger: Ms
}

/** Listens on many sockets at once; each delivery is recorded when it comes, each loss at the end. */
export class FanningOut implements Bounded {
  slot = -1
  order = 0
  readonly plan: FanOutPlan
  readonly receivers: readonly FanOutReceiver[]
  readonly #operation: SocketOperation
  readonly #startedAt: Ms
  readonly #latency = new Histogram()
  readonly #done = Promise.withResolvers<FanOut>()
  readonly #site = new CallSite()
  #complete = 0
  #ended = false
  #timer: Timer | undefined

  constructor(operation: SocketOperation, plan: FanOutPlan, sockets: number) {
    this.plan = plan
    this.#operation = operation
    this.#startedAt = operation.caller.clock.now()
    this.receivers = Array.from({ length: sockets }, () => new FanOutReceiver(this))
    // It is awaited only behind its cause, which may fail first.
    this.#done.promise.catch(() => {})
    operation.caller.inFlight.add(this, this.deadline())
  }

  get done(): Promise<FanOut> {
    return this.#done.promise
  }

  deadline(): Ms {
    return this.#startedAt + this.plan.timeout
  }

  expire(): void {
    this.#settle()
  }

  /** The end of the run: what had not come by then is no loss. */
  abort(reason: string): void {
    this.#fail('cutOff', new Error(reason))
  }

  /** Told by a receiver: a function of the test threw. */
  broke(error: unknown): void {
    this.#fail('error', error instanceof Error ? error : new Error(String(error)))
  }

  /** Told by a receiver: a message that it had not yet. */
  delivered(message: Message): void {
    const cause = this.plan.causeOf(message, this.#operation.caller.clock.now()) ?? this.#startedAt
    const startedAt = Math.min(cause, message.at)
    this.#latency.record(message.at - startedAt)
    record(this.#operation, {
      outcome: 'ok',
      startedAt,
      endedAt: message.at,
      firstByteAt: undefined,
    })
  }

  /** Told by a receiver: it has all, or can get no more. */
  finished(): void {
    if (++this.#complete < this.receivers.length || this.#ended) return
    const { clock } = this.#operation.caller
    this.#timer = clock.setTimeout(() => this.#settle(), this.plan.linger)
  }

  #fail(outcome: 'cutOff' | 'error', error: Error): void {
    if (this.#ended) return
    const sample = this.#end(outcome)
    record(this.#operation, sample)
    this.#done.reject(failed(this.#operation, sample, error, { site: this.#site }))
  }

  #settle(): void {
    if (this.#ended) return
    this.#recordLosses()
    const sum = (pick: (receiver: FanOutReceiver) => number): number =>
      this.receivers.reduce((total, receiver) => total + pick(receiver), 0)
    const expected = this.receivers.length * this.plan.messages
    const lost = sum((receiver) => receiver.missing)
    this.#done.resolve({
      expected,
      received: expected - lost,
      lost,
      duplicated: sum((receiver) => receiver.duplicated),
      outOfOrder: sum((receiver) => receiver.outOfOrder),
      latency: distribution(`latency of ${this.plan.name}`, this.#latency.data(), { failed: lost }),
    })
  }

  #recordLosses(): void {
    const late = new Error(`it did not arrive within ${this.plan.timeout} ms`)
    const timeout = this.#end('timeout')
    for (const { missing, closure } of this.receivers) {
      for (let each = 0; each < missing; each++) this.#lost(timeout, late, closure)
    }
  }

  #lost(timeout: LossSample, late: Error, closure: Closure | undefined): void {
    const sample = closure === undefined ? timeout : { ...timeout, outcome: outcomeOf(closure) }
    record(this.#operation, sample)
    if (!isFailure(sample.outcome)) return
    const why = closure === undefined ? late : closedError(closure)
    failed(this.#operation, sample, why, { site: this.#site })
  }

  #end(outcome: Exclude<OutcomeKind, 'ok'>): LossSample {
    const { clock, inFlight } = this.#operation.caller
    this.#ended = true
    clock.clearTimeout(this.#timer)
    inFlight.delete(this)
    for (const receiver of this.receivers) receiver.leave()
    return { outcome, startedAt: this.#startedAt, endedAt: clock.now(), firstByteAt: undefined }
  }
}

interface LossSample {
  readonly outcome: Exclude<OutcomeKind, 'ok'>
  readonly startedAt: Ms
  readonly endedAt: Ms
  readonly firstByteAt: undefined
}
