import type { Ms } from '../units/units.ts'
import type { OutcomeKind } from './outcome.ts'

/** One operation as it was measured. Stamps are monotonic; recorded once, when it has ended. */
export interface Sample {
  readonly outcome: OutcomeKind
  readonly startedAt: Ms
  /**
   * How late it began, in an open load: its latency counts from when it should have begun. Only the
   * first operation of an iteration has one; the iteration has it too.
   */
  readonly lag?: Ms | undefined
  readonly endedAt: Ms
  /** When the first byte of the answer (its headers) came; `undefined` when none did. */
  readonly firstByteAt: Ms | undefined
  /** Of an answer over HTTP; 0 when none came. */
  readonly status?: number | undefined
}

/** What a stream adds to its sample, in milliseconds from its start. */
export interface StreamTiming {
  /** Time to the first token. */
  readonly ttft: Ms | undefined
  /** Time to the end marker. */
  readonly ttct: Ms | undefined
  /** Between two reads that each carried a token. */
  readonly gaps: readonly Ms[]
}

/** What a failed operation says of itself, kept in full for the first of its kind. */
export interface Failure {
  readonly kind: Exclude<OutcomeKind, 'ok'>
  readonly message: string
  /** `POST http://127.0.0.1:8080/chat` */
  readonly request?: string | undefined
  readonly status?: number | undefined
  /** The start of the answer's body, secrets taken out. */
  readonly body?: string | undefined
  readonly stack?: string | undefined
}
