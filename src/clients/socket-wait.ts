import type { OutcomeKind } from '../metrics/outcome.ts'
import type { Sample } from '../metrics/sample.ts'
import type { Ms } from '../units/units.ts'
import type { Bounded } from './in-flight.ts'
import { outcomeOf, type Closure } from './socket-closure.ts'
import type { Inbox, Reader } from './socket-inbox.ts'
import type { Message } from './socket-message.ts'
import { began, closedError, type SocketOperation } from './socket-record.ts'

/**
 * Somebody who waits on a socket: the sample that is recorded, what the deadlines watch and the
 * inbox's reader in one object. It ends once, by a message, its deadline, an abort or the close.
 */
export abstract class Waiting implements Sample, Bounded, Reader {
  abstract readonly asked: boolean
  readonly startedAt: Ms
  readonly lag: Ms
  readonly firstByteAt: Ms | undefined = undefined
  endedAt: Ms = 0
  slot = -1
  order = 0
  outcome: OutcomeKind = 'ok'
  ended = false

  protected readonly operation: SocketOperation
  protected readonly inbox: Inbox
  protected readonly timeout: Ms

  constructor(operation: SocketOperation, inbox: Inbox, timeout: Ms, lag: Ms = 0) {
    this.operation = operation
    this.inbox = inbox
    this.timeout = timeout
    this.startedAt = operation.caller.clock.now()
    this.lag = lag
  }

  /** From here on messages are offered and the deadline counts; on a closed socket it fails at once. */
  begin(closure: Closure | undefined): void {
    if (this.asked) began(this.operation)
    this.inbox.join(this)
    this.operation.caller.inFlight.add(this, this.deadline())
    if (closure === undefined) return
    const outcome = closure.by === 'inbox' ? 'error' : closure.expected ? 'aborted' : 'closed'
    this.fail(outcome, closedError(closure))
  }

  deadline(): Ms {
    return this.startedAt + this.timeout
  }

  abstract offer(message: Message): boolean
  abstract expire(now: Ms): void

  abort(reason: string): void {
    this.fail('cutOff', new Error(reason))
  }

  lost(closure: Closure): void {
    this.fail(outcomeOf(closure), closedError(closure))
  }

  fail(outcome: Exclude<OutcomeKind, 'ok'>, error: Error): void {
    if (this.ended) return
    this.finish(outcome, this.operation.caller.clock.now())
    this.failed(error)
  }

  protected abstract failed(error: Error): void

  protected finish(outcome: OutcomeKind, at: Ms): void {
    this.ended = true
    this.outcome = outcome
    this.endedAt = at
    this.operation.caller.inFlight.delete(this)
    this.inbox.leave(this)
  }
}
