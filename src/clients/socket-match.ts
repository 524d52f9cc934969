import { UsageError } from '../errors/usage-error.ts'
import { show } from '../errors/show.ts'
import { redact } from './redact.ts'
import type { Message } from './socket-message.ts'

/**
 * Which message is meant: fields that it has (`{ type: 'done' }`, nested ones too; a RegExp or
 * `expect.any(String)` may stand for a value), a predicate, or for text the very text or a RegExp.
 */
export type Match<T = unknown> =
  | string
  | RegExp
  | Readonly<Record<string, unknown>>
  | ((message: T) => boolean)

/** A match, ready to be asked often. */
export type Matches = (message: Message) => boolean

const EXPECTED = "fields like { type: 'done' }, a predicate, a text or a RegExp"

/** @throws UsageError for what is no match */
export function toMatches<T>(match: Match<T> | undefined): Matches {
  if (match === undefined) return ANY
  if (typeof match === 'function') return (message) => match(message.value as T)
  if (typeof match === 'string') return (message) => message.text === match
  if (match instanceof RegExp) return ({ text }) => text !== undefined && text.search(match) !== -1
  if (typeof match === 'object' && match !== null && !Array.isArray(match)) {
    return (message) => holds(message.value, match)
  }
  throw new UsageError('match', EXPECTED, match)
}

export const ANY: Matches = () => true

/** What was awaited, for an error: `message {"type":"done"}`. */
export function describeMatch<T>(match: Match<T> | undefined): string {
  if (match === undefined) return 'message'
  if (typeof match === 'function') return `message that satisfies ${show(match)}`
  if (match instanceof RegExp) return `text that matches ${String(match)}`
  return `message ${redact(typeof match === 'string' ? show(match) : JSON.stringify(match, shown))}`
}

const shown = (_key: string, value: unknown): unknown =>
  value instanceof RegExp ? String(value) : value

/** Whether a value is the wanted one, or has at least its fields; arrays must be of one length. */
function holds(value: unknown, wanted: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null) return value === wanted
  if (wanted instanceof RegExp) return typeof value === 'string' && value.search(wanted) !== -1
  if (isAsymmetric(wanted)) return wanted.asymmetricMatch(value)
  if (typeof value !== 'object' || value === null) return false
  if (Array.isArray(wanted) && (!Array.isArray(value) || value.length !== wanted.length)) {
    return false
  }
  for (const key of Object.keys(wanted)) {
    const has: unknown = (value as Readonly<Record<string, unknown>>)[key]
    if (!holds(has, (wanted as Readonly<Record<string, unknown>>)[key])) return false
  }
  return true
}

function isAsymmetric(wanted: object): wanted is { asymmetricMatch(value: unknown): boolean } {
  return 'asymmetricMatch' in wanted && typeof wanted.asymmetricMatch === 'function'
}
