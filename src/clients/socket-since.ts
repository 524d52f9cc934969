import { UsageError } from '../errors/usage-error.ts'
import type { Ms } from '../units/units.ts'
import type { Message } from './socket-message.ts'
import type { Since } from './socket-options.ts'
import { at } from './wires/wire.ts'

/** When the cause of a message was, on our clock; `undefined` when the message does not say. */
export type CauseOf = (message: Message, now: Ms) => Ms | undefined

/** @throws UsageError for what tells no time */
export function toCause<T>(since: Since<T> | undefined, begun: Ms): CauseOf {
  if (since === undefined) return () => begun
  if (typeof since === 'number' && Number.isFinite(since)) return () => since
  if (typeof since === 'string' && since !== '') {
    return (message, now) => fromTimeOfDay(at(message.value, since), now)
  }
  if (typeof since === 'function') {
    return ({ value }) => {
      const stamp: unknown = since(value as T)
      return typeof stamp === 'number' && Number.isFinite(stamp) ? stamp : undefined
    }
  }
  throw new UsageError(
    'since',
    "a stamp of performance.now(), a function that gives one, or a path like 'sent_at'",
    since,
  )
}

/** Why a message tells no time. */
export const describeSince = <T>(since: Since<T> | undefined): string =>
  typeof since === 'string'
    ? `the message has no time at ${since}`
    : 'since gave no stamp for the message'

function fromTimeOfDay(value: unknown, now: Ms): Ms | undefined {
  const epoch = toEpoch(value)
  return epoch === undefined ? undefined : now - (Date.now() - epoch)
}

/** Numbers below this are seconds: in milliseconds they were in 1973. */
const SECONDS = 1e11

/** Milliseconds of the epoch. */
function toEpoch(value: unknown): Ms | undefined {
  if (typeof value === 'number') return value < SECONDS ? value * 1_000 : value
  if (typeof value !== 'string' || value === '') return undefined
  const time = Number.isNaN(Number(value)) ? Date.parse(value) : toEpoch(Number(value))
  return Number.isNaN(time) ? undefined : time
}
