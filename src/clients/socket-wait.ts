import { isFailure, type OutcomeKind } from '../metrics/outcome.ts'
import type { Recorder } from '../metrics/recorder.ts'
import type { Sample, StreamTiming } from '../metrics/sample.ts'
import type { Series } from '../metrics/series.ts'
import type { Ms } from '../units/units.ts'
import { seriesOf } from './call.ts'
import { takeLag, type Caller } from './caller.ts'
import type { CallSite } from './error-stack.ts'
import type { Bounded } from './in-flight.ts'
import { describe, OperationError, reasonOf } from './operation-error.ts'
import { redact } from './redact.ts'
import { describeClosure, outcomeOf, type Closure } from './socket-closure.ts'
import type { Inbox, Reader } from './socket-inbox.ts'
import type { Message } from './socket-message.ts'

/** What is done on a socket: where it is recorded, and how an error speaks of it. */
export interface SocketOperation {
  readonly caller: Caller
  /** The one that was current when the operation began. */
  readonly recorder: Recorder
  /** What it is recorded under: `WS /ws ping`. */
  readonly name: string
  readonly url: string
  /** What stands behind the URL in an error: `ping`. */
  readonly label: string
  readonly streaming?: boolean
  /** Where it is recorded, once something was. */
  series?: Series | undefined
}

export function record(operation: SocketOperation, sample: Sample, timing?: StreamTiming): void {
  const { recorder, caller, name, streaming } = operation
  operation.series ??= seriesOf(recorder, caller, name, { streaming })
  operation.series.record(sample, timing)
}

/** Counts and groups a failure that was recorded, and gives the error to throw. */
export function failed(
  operation: SocketOperation,
  sample: Sample,
  cause: Error,
  answer: {
    readonly reason?: string
    readonly status?: number
    readonly body?: string | undefined
    readonly site?: CallSite
  } = {},
): OperationError {
  const { recorder, caller, url, label } = operation
  const kind = sample.outcome === 'ok' ? 'error' : sample.outcome
  const request = `WS ${redact(url)} ${label}`.trimEnd()
  const { reason = reasonOf(kind, cause), status, body, site } = answer
  const error = new OperationError({ kind, reason, request, status, body, cause })
  site?.blame(error)
  if (isFailure(kind)) {
    caller.tally.failed++
    const { name } = seriesOf(recorder, caller, operation.name)
    recorder.failure(name, kind, error.reason, sample.endedAt, () => describe(error))
  }
  return error
}

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

  constructor(operation: SocketOperation, inbox: Inbox, timeout: Ms) {
    this.operation = operation
    this.inbox = inbox
    this.timeout = timeout
    this.startedAt = operation.caller.clock.now()
    this.lag = takeLag(operation.caller)
  }

  /** From here on messages are offered and the deadline counts; on a closed socket it fails at once. */
  begin(closure: Closure | undefined): void {
    this.inbox.join(this)
    this.operation.caller.inFlight.add(this, this.deadline())
    if (closure === undefined) return
    this.fail(closure.by === 'inbox' ? 'error' : 'closed', closedError(closure))
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

/** Why a socket ended, as the cause of an operation that failed by it. */
export const closedError = (closure: Closure): Error =>
  new Error(
    describeClosure(closure),
    closure.error === undefined ? undefined : { cause: closure.error },
  )

/** Records that something was tried on a socket that had ended, and gives the error to throw. */
export function closedFailure(operation: SocketOperation, closure: Closure): OperationError {
  const now = operation.caller.clock.now()
  const sample = {
    outcome: 'closed',
    startedAt: now,
    endedAt: now,
    firstByteAt: undefined,
  } as const
  record(operation, sample)
  return failed(operation, sample, closedError(closure))
}
