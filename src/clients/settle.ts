import { isFailure } from '../metrics/outcome.ts'
import type { Sample, StreamTiming } from '../metrics/sample.ts'
import { operationError, type Operation } from './answer.ts'
import type { CallSite } from './error-stack.ts'
import type { WholeExchange } from './exchange.ts'
import { describe, type OperationError } from './operation-error.ts'

/** What is known of a failure besides its exchange. */
interface FailureDetails {
  /** Of a status that is not expected, after an exchange that went well. */
  readonly refusal?: string | undefined
  /** What its stream had measured until then. */
  readonly timing?: StreamTiming | undefined
  /** The line of the test that it began at. */
  readonly site?: CallSite | undefined
  /** The exchange that it began with, when that is another one. */
  readonly first?: WholeExchange | undefined
}

/**
 * Records an exchange that failed: its sample, its group of errors (what was aborted is no error),
 * its caller's count. Gives the error to throw.
 */
export function recordFailure(
  operation: Operation,
  exchange: WholeExchange,
  details: FailureDetails = {},
): OperationError {
  return recordFailed(operation, exchange, details)()
}

/** The same at once but for the error and its group, which are made where the error can have a stack. */
export function recordFailed(
  operation: Operation,
  exchange: WholeExchange,
  { refusal, timing, site, first = exchange }: FailureDetails,
): () => OperationError {
  if (exchange.outcome === 'ok') exchange.outcome = 'status'
  const kind = exchange.outcome
  operation.series.record(spanning(first, exchange), timing)
  if (isFailure(kind)) operation.tally.failed++
  return () => {
    const error = operationError(operation, exchange, kind, refusal)
    site?.standIn(error)
    const { recorder, name } = operation
    if (isFailure(kind)) {
      recorder.failure(name, kind, error.reason, exchange.endedAt, () => describe(error))
    }
    return error
  }
}

/** An operation of several exchanges, one after the other: it began with the first and fares as the last. */
export function spanning(first: WholeExchange, last: WholeExchange): Sample {
  if (first === last) return last
  const { startedAt, lag, firstByteAt } = first
  const { outcome, endedAt, status } = last
  return { outcome, startedAt, lag, endedAt, firstByteAt, status }
}
