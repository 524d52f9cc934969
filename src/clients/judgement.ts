import { UsageError } from '../errors/usage-error.ts'
import type { FailureKind, OutcomeKind } from '../metrics/outcome.ts'
import type { Recorder } from '../metrics/recorder.ts'
import type { Sample } from '../metrics/sample.ts'
import type { Series } from '../metrics/series.ts'
import { describe, type OperationError } from './operation-error.ts'

/** What a caller counts. */
export interface Tally {
  /** Operations that failed: tells an iteration's own error from theirs. */
  failed: number
  /** Iterations that have ended. */
  turn: number
}

/** What there is to know of an operation whose answer is judged. */
interface Judged {
  readonly name: string
  readonly series: Series
  readonly recorder: Recorder
  readonly tally: Tally
}

/** An operation as it was recorded; its outcome changes when the test judges the answer itself. */
export interface Entry {
  readonly series: Series
  readonly sample: Sample & { outcome: OutcomeKind }
}

/**
 * What the test makes of an answer that was recorded as a success: the last word counts.
 */
export class Judgement {
  readonly #operation: Judged
  readonly #entries: Entry[]
  #failed: { readonly kind: FailureKind; readonly reason: string } | undefined

  constructor(operation: Judged, sample: Entry['sample']) {
    this.#operation = operation
    this.#entries = [{ series: operation.series, sample }]
  }

  /** The exchange was the whole of another operation, which fares as it does: `session.chat`. */
  owned(entry: Entry): void {
    this.#entries.push(entry)
  }

  /** Counts the operation as failed; once, however often it is said. */
  fail(kind: FailureKind, error: OperationError): void {
    if (this.#failed !== undefined) return
    this.#failed = { kind, reason: error.reason }
    const { tally, recorder, name } = this.#operation
    tally.failed++
    for (const { series, sample } of this.#entries) {
      series.amend(sample, kind)
      sample.outcome = kind
    }
    const at = this.#entries[0]?.sample.endedAt ?? 0
    recorder.failure(name, kind, error.reason, at, () => describe(error))
  }

  /** Counts it as a success again. */
  succeed(): void {
    if (this.#failed === undefined) return
    const { kind, reason } = this.#failed
    this.#failed = undefined
    const { tally, recorder, name } = this.#operation
    tally.failed--
    for (const { series, sample } of this.#entries) {
      series.restore(sample, kind)
      sample.outcome = 'ok'
    }
    recorder.pardon(name, kind, reason)
  }
}

/** The error of judging an answer whose iteration has ended: its record stands. */
export const judgedLate = (call: 'fail' | 'succeed'): UsageError =>
  UsageError.saying(
    `answer.${call}`,
    `answer.${call}() was called after the iteration that got the answer had ended: judge an answer in the iteration that asked for it, and await what comes before`,
  )
