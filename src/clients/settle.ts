import { isFailure } from '../metrics/outcome.ts'
import type { StreamTiming } from '../metrics/sample.ts'
import { operationError, type Operation } from './answer.ts'
import type { WholeExchange } from './exchange.ts'
import { describe, type OperationError } from './operation-error.ts'

/**
 * Records an exchange that failed: its sample, its group of errors (what was aborted is no error),
 * its caller's count. Gives the error to throw. `refusal` is given for a status that is not
 * expected, after an exchange that went well.
 */
export function recordFailure(
  operation: Operation,
  exchange: WholeExchange,
  refusal?: string,
  timing?: StreamTiming,
): OperationError {
  if (exchange.outcome === 'ok') exchange.outcome = 'status'
  const kind = exchange.outcome
  const error = operationError(operation, exchange, kind, refusal)
  operation.series.record(exchange, timing)
  if (isFailure(kind)) {
    operation.tally.failed++
    const { recorder, name } = operation
    recorder.failure(name, kind, error.reason, exchange.endedAt, () => describe(error))
  }
  return error
}
