import { OperationError } from '../clients/operation-error.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { Clock } from '../clock/clock.ts'
import type { OutcomeKind } from '../metrics/outcome.ts'
import type { IterationFailure, Recorder } from '../metrics/recorder.ts'
import type { Failure, Sample } from '../metrics/sample.ts'
import type { Recording } from '../clients/caller.ts'
import { redact } from '../clients/redact.ts'
import type { Ms } from '../units/units.ts'
import { isAssertion } from './error-kind.ts'
import type { UserContext } from './user-context.ts'
import type { VirtualUser } from './virtual-user.ts'

/** What every virtual user does, again and again. */
export type Scenario = (context: UserContext) => unknown

/**
 * The iterations of one virtual user, one after the other, each recorded where it began. An error ends
 * its iteration and is counted; it never reaches the other users. One object for all of them and no
 * function of its own to await, since this runs once a request.
 */
export class Iteration implements Sample {
  outcome: OutcomeKind = 'ok'
  startedAt: Ms = 0
  endedAt: Ms = 0
  lag: Ms = 0
  readonly firstByteAt = undefined
  readonly #user: VirtualUser
  readonly #recording: Recording
  readonly #clock: Clock
  #recorder: Recorder
  #failuresBefore = 0
  #begun = false

  constructor(user: VirtualUser, recording: Recording, clock: Clock) {
    this.#user = user
    this.#recording = recording
    this.#clock = clock
    this.#recorder = recording.current
  }

  /** Begins the next, which in an open load should have begun at `intendedAt`. */
  begin(intendedAt?: Ms): void {
    this.startedAt = this.#clock.now()
    if (intendedAt !== undefined) {
      this.lag = this.startedAt - intendedAt
      this.#user.lateness.lag = this.lag
    }
    // One that begins anew, after its user has started, is still one.
    if (this.#begun) this.#recorder.sending.begun--
    this.#begun = true
    this.#recorder = this.#recording.current
    this.#recorder.sending.begun++
    this.#failuresBefore = this.#user.failures
  }

  end(): void {
    this.#record(this.#user.signal.aborted ? 'cutOff' : 'ok')
  }

  /** @throws UsageError when the scenario misuses the package: that ends the whole load */
  fail(error: unknown): void {
    if (error instanceof UsageError) throw error
    if (this.#user.signal.aborted) return this.#record('cutOff')
    if (error instanceof OperationError) return this.#record(error.kind)
    const failure = failureOf(error)
    this.#record(failure.kind, { ...failure, own: this.#user.failures === this.#failuresBefore })
  }

  #record(outcome: OutcomeKind, failure?: IterationFailure): void {
    this.outcome = outcome
    this.#begun = false
    this.endedAt = this.#clock.now()
    this.#user.turned()
    this.#recorder.iteration(this, failure)
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
