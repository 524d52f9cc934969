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
  /** Had to wait for a connection to be opened. */
  readonly cold?: boolean | undefined
  /** Of an answer over HTTP; 0 when none came. */
  readonly status?: number | undefined
}

/** What a service says it counted, in tokens. */
export interface Usage {
  readonly input?: number | undefined
  /** Reasoning included. */
  readonly output?: number | undefined
  /** How many of the output were reasoning. */
  readonly reasoning?: number | undefined
}

/**
 * Who counted the tokens of a stream: the service (`usage`), the suite's own parser, or nobody, so that
 * each event that carried any is counted as one (`chunks`).
 */
export type TokenSource = 'usage' | 'parser' | 'chunks'

/** How many tokens a stream put out, and who says so. */
export interface TokenCount {
  readonly count: number
  readonly source: TokenSource
}

export const intendedStart = ({ startedAt, lag }: Sample): Ms => startedAt - (lag ?? 0)
export const latencyOf = (sample: Sample): Ms => sample.endedAt - intendedStart(sample)
export const ttfbOf = (sample: Sample): Ms | undefined =>
  sample.firstByteAt === undefined ? undefined : sample.firstByteAt - intendedStart(sample)

/** What a stream adds to its sample, in milliseconds from its start. */
export interface StreamTiming {
  /** Time to the first token, whether text to read, reasoning or arguments of a tool. */
  readonly ttft: Ms | undefined
  /** Time to the first text to read. */
  readonly ttfo?: Ms | undefined
  /** Time to the end marker. */
  readonly ttct: Ms | undefined
  /** Between two reads that each carried a token. */
  readonly gaps: readonly Ms[]
  /** Time per output token behind the first one. */
  readonly tpot?: Ms | undefined
  readonly tokens?: TokenCount | undefined
  /** Of a stream that the test had stopped: from there to its end. */
  readonly stopLatency?: Ms | undefined
  /** For each read with a token, how many events of it carried one. */
  readonly chunks?: readonly number[] | undefined
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
