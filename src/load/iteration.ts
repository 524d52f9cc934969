import { OperationError } from '../clients/operation-error.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { Clock } from '../clock/clock.ts'
import type { OutcomeKind } from '../metrics/outcome.ts'
import type { Recorder } from '../metrics/recorder.ts'
import type { Failure } from '../metrics/sample.ts'
import { redact } from '../clients/redact.ts'
import type { UserContext, VirtualUser } from './virtual-user.ts'

/** What every virtual user does, again and again. */
export type Scenario = (context: UserContext) => unknown

/**
 * Runs one iteration and records it. An error ends the iteration and is counted; it never reaches the
 * other users.
 * @throws UsageError when the scenario misuses the package: that ends the whole load
 */
export async function runIteration(
  user: VirtualUser,
  scenario: Scenario,
  recorder: Recorder,
  clock: Clock,
): Promise<void> {
  const startedAt = clock.now()
  const failuresBefore = user.failures
  const sample = (
    outcome: OutcomeKind,
  ): { outcome: OutcomeKind; startedAt: number; endedAt: number; firstByteAt: undefined } => ({
    outcome,
    startedAt,
    endedAt: clock.now(),
    firstByteAt: undefined,
  })
  try {
    await scenario(user)
    recorder.iteration(sample(user.signal.aborted ? 'aborted' : 'ok'))
  } catch (error) {
    if (error instanceof UsageError) throw error
    if (user.signal.aborted) return recorder.iteration(sample('aborted'))
    if (error instanceof OperationError) return recorder.iteration(sample(error.kind))
    const failure = failureOf(error)
    const own = user.failures === failuresBefore
    recorder.iteration(sample(failure.kind), { ...failure, own })
  }
}

/** An error that no operation had recorded; its stack is read only for the first of its kind. */
function failureOf(error: unknown): {
  kind: 'assertion' | 'error'
  message: string
  describe(): Failure
} {
  const kind = isAssertion(error) ? 'assertion' : 'error'
  const message = redact(
    (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).split(
      '\n',
      1,
    )[0] ?? '',
  )
  const describe = (): Failure => ({
    kind,
    message,
    stack: error instanceof Error ? redact(error.stack ?? '') : undefined,
  })
  return { kind, message, describe }
}

function isAssertion(error: unknown): boolean {
  return (
    error instanceof Error &&
    (error.name === 'AssertionError' || 'matcherResult' in error || 'showDiff' in error)
  )
}
