import type { OutcomeKind } from '../metrics/outcome.ts'
import { redact } from './redact.ts'

/** How a connection ended, and through whom. */
export interface Closure {
  /** The close code; 1006 when no close frame came. */
  readonly code: number
  readonly reason: string
  /** `inbox`: given up because too many messages were left unread. */
  readonly by: 'service' | 'us' | 'inbox'
  /** A code that the test named in `expectClose`. */
  readonly expected?: boolean | undefined
  /** What went wrong on the connection, when something did. */
  readonly error?: Error | undefined
}

/**
 * What it means for an operation that still waited: our own closing is no failure of the service, nor is
 * a code that the test expects.
 */
export function outcomeOf(closure: Closure): Exclude<OutcomeKind, 'ok'> {
  if (closure.by === 'us' || closure.expected === true) return 'aborted'
  return closure.by === 'inbox' ? 'error' : 'closed'
}

/** Normal, going away, and a close frame without a code. */
const CLEAN: ReadonlySet<number> = new Set([1000, 1001, 1005])

/** Whether an end is a failure that nobody waited for: the service broke a connection that lay idle. */
export const isLoss = ({ code, by, expected }: Closure): boolean =>
  by === 'inbox' || (by === 'service' && expected !== true && !CLEAN.has(code))

/** `the service closed it with code 1001 (going away)`. */
export function describeClosure({ code, reason, by, error }: Closure): string {
  if (by === 'us') return `the test closed it${reason === '' ? '' : ` (${reason})`}`
  if (by === 'inbox') return reason
  if (error !== undefined) return `the connection broke (${error.message})`
  if (code === 1006) return 'the connection was lost without a close frame (code 1006)'
  return `the service closed it with code ${code}${reason === '' ? '' : ` (${redact(reason)})`}`
}
