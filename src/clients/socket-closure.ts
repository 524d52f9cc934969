import type { OutcomeKind } from '../metrics/outcome.ts'
import { redact } from './redact.ts'

/** How a connection ended, and through whom. */
export interface Closure {
  /** The close code; 1006 when no close frame came. */
  readonly code: number
  readonly reason: string
  /** `inbox`: given up because too many messages were left unread. */
  readonly by: 'service' | 'us' | 'inbox'
  /** What went wrong on the connection, when something did. */
  readonly error?: Error | undefined
}

/** What it means for an operation that still waited: our own closing is no failure of the service. */
export function outcomeOf(closure: Closure): Exclude<OutcomeKind, 'ok'> {
  if (closure.by === 'us') return 'aborted'
  return closure.by === 'inbox' ? 'error' : 'closed'
}

/** `the service closed it with 1001 (going away)`. */
export function describeClosure({ code, reason, by, error }: Closure): string {
  if (by === 'us') return `the test closed it${reason === '' ? '' : ` (${reason})`}`
  if (by === 'inbox') return reason
  if (error !== undefined) return `the connection broke (${error.message})`
  if (code === 1006) return 'the connection was lost without a close frame (1006)'
  return `the service closed it with ${code}${reason === '' ? '' : ` (${redact(reason)})`}`
}
