import type { OutcomeKind } from '../metrics/outcome.ts'
import type { Failure } from '../metrics/sample.ts'
import type { StreamResult } from './stream-result.ts'
import { isReset } from './h2-error.ts'
import { redact } from './redact.ts'
import { untrusted } from './trust.ts'

/**
 * What a client throws when an operation failed: an unexpected status, a deadline, a lost
 * connection. It is recorded already, so an iteration that it ends is not counted as a second error.
 */
export class OperationError extends Error implements Failure {
  override readonly name = 'OperationError'
  readonly kind: Exclude<OutcomeKind, 'ok'>
  /** `POST http://127.0.0.1:8080/chat` */
  readonly request: string
  readonly status: number | undefined
  /** The start of the answer's body, secrets taken out. */
  readonly body: string | undefined
  /** What happened, without request and body: what errors are grouped by. */
  readonly reason: string
  #partial: StreamResult | undefined

  constructor(failure: {
    readonly kind: Exclude<OutcomeKind, 'ok'>
    readonly reason: string
    readonly request: string
    readonly status?: number | undefined
    readonly body?: string | undefined
    readonly cause?: unknown
  }) {
    const body = failure.body === undefined ? '' : `\n${failure.body}`
    const reason = redact(failure.reason)
    super(
      `${failure.request} ${reason}${body}`,
      failure.cause === undefined ? undefined : { cause: failure.cause },
    )
    this.kind = failure.kind
    this.reason = reason
    this.request = failure.request
    this.status = failure.status
    this.body = failure.body
  }

  /** What a stream had given and measured until it failed. Not among the fields, so that no reporter prints it. */
  get partial(): StreamResult | undefined {
    return this.#partial
  }

  /** Called once, by the stream. */
  keep(partial: StreamResult): this {
    this.#partial = partial
    return this
  }
}

/** What an outcome reads as behind a request: `timed out: no first byte within 500 ms`. */
export function reasonOf(kind: Exclude<OutcomeKind, 'ok'>, error: Error | undefined): string {
  const detail = error === undefined || error.message === '' ? '' : `: ${error.message}`
  switch (kind) {
    case 'timeout':
      return `timed out${detail}`
    case 'refused':
      return `was refused: nothing listens there${codeOf(error)}`
    case 'reset':
      return `${isReset(error) ? 'had its stream reset' : 'lost its connection'} before an answer came${codeOf(error)}`
    case 'stale':
      return `met a kept-alive connection that the service had closed meanwhile${codeOf(error)}`
    case 'truncated':
      return `was cut off in the middle of the answer${detail}`
    case 'stalled':
      return `stalled${detail}`
    case 'empty':
      return `ended without a token${detail}`
    case 'dns':
      return `found no address${detail}`
    case 'tls':
      return untrusted(error)
    case 'malformed':
      return `got an answer that cannot be read${detail}`
    case 'aborted':
      return `was given up${detail}`
    case 'cutOff':
      return `was cut off${detail}`
    case 'closed':
      return `found its socket closed${detail}`
    case 'streamError':
      return `got an error in the stream${detail}`
    case 'status':
    case 'assertion':
    case 'error':
      return error?.message ?? 'failed'
    default:
      return kind satisfies never
  }
}

function codeOf(error: Error | undefined): string {
  return error !== undefined && 'code' in error && typeof error.code === 'string'
    ? ` (${error.code})`
    : ''
}

/** A failure as the first of its group is kept. */
export function describe(error: OperationError): {
  kind: OperationError['kind']
  message: string
  request: string
  status: number | undefined
  body: string | undefined
  stack: string | undefined
} {
  const { kind, reason, request, status, body, stack } = error
  return { kind, message: reason, request, status, body, stack }
}
