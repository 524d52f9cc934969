import { isFailure, type OutcomeKind } from '../metrics/outcome.ts'
import type { Recorder } from '../metrics/recorder.ts'
import type { Sample, StreamTiming } from '../metrics/sample.ts'
import type { Series } from '../metrics/series.ts'
import type { Ms } from '../units/units.ts'
import { seriesOf } from './call.ts'
import type { Caller } from './caller.ts'
import type { CallSite } from './error-stack.ts'
import { describe, OperationError, reasonOf } from './operation-error.ts'
import { redact } from './redact.ts'
import { describeClosure, type Closure } from './socket-closure.ts'
import type { Target } from './socket-target.ts'
import type { Tags } from './tags.ts'

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
  readonly tags?: Tags | undefined
  readonly streaming?: boolean
  /** Where it is recorded, once something was. */
  series?: Series | undefined
}

/** Tells those who listen that it has begun; where nobody does, its series is made at its first sample. */
export function began(operation: SocketOperation): void {
  const { recorder, caller, name, streaming, tags } = operation
  if (!recorder.listened) return
  operation.series ??= seriesOf(recorder, caller, name, { streaming, tags })
  operation.series.begins()
}

export function record(operation: SocketOperation, sample: Sample, timing?: StreamTiming): void {
  const { recorder, caller, name, streaming, tags } = operation
  operation.series ??= seriesOf(recorder, caller, name, { streaming, tags })
  operation.series.record(sample, timing)
}

/** What is known of a failure besides its cause. */
export interface FailureDetails {
  readonly reason?: string
  readonly status?: number
  readonly body?: string | undefined
  readonly site?: CallSite
}

/** Counts and groups a failure that was recorded, and gives the error to throw. */
export function failed(
  operation: SocketOperation,
  sample: Sample,
  cause: Error,
  answer: FailureDetails = {},
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

/** Why a socket ended, as the cause of an operation that failed by it. */
export const closedError = (closure: Closure): Error =>
  new Error(
    describeClosure(closure),
    closure.error === undefined ? undefined : { cause: closure.error },
  )

/** Records that something was tried on a socket that had ended, and gives the error to throw. */
export function closedFailure(operation: SocketOperation, closure: Closure): OperationError {
  const outcome = closure.expected === true ? 'aborted' : 'closed'
  const sample = momentary(outcome, operation.caller.clock.now())
  record(operation, sample)
  return failed(operation, sample, closedError(closure))
}

/**
 * Records that the service broke a connection that nobody waited on, as a failed `WS /path close`. It
 * is nobody's call, so it does not count among those that ended an iteration.
 */
export function recordLoss(caller: Caller, target: Target, closure: Closure, site: CallSite): void {
  const kind = closure.by === 'inbox' ? 'error' : 'closed'
  const { current: recorder } = caller.recording
  const cause = closedError(closure)
  const reason = reasonOf(kind, cause)
  const error = new OperationError({ kind, reason, request: `WS ${redact(target.url)}`, cause })
  const now = caller.clock.now()
  const series = seriesOf(recorder, caller, `${target.name} close`, { tags: target.tags })
  series.record(momentary(kind, now))
  recorder.failure(series.name, kind, reason, now, () => describe(site.blame(error)))
}

const momentary = <Outcome extends OutcomeKind>(
  outcome: Outcome,
  now: Ms,
): Sample & { readonly outcome: Outcome } => ({
  outcome,
  startedAt: now,
  endedAt: now,
  firstByteAt: undefined,
})
