import { knownNames } from '../errors/nearest.ts'
import { UsageError } from '../errors/usage-error.ts'
import { formatMs } from '../units/format.ts'
import { toMs } from '../units/parse.ts'
import type { DurationInput, Ms } from '../units/units.ts'

/** How long each part of an operation may take; `total` alone may be given as a plain duration. */
export interface TimeoutOptions {
  /** Until the connection stands. Default 10 s. */
  readonly connect?: DurationInput
  /** From there to the first byte of the answer. Default 30 s. */
  readonly firstByte?: DurationInput
  /** Of a stream: from the call to the first token. Default: no limit but `total`. */
  readonly firstToken?: DurationInput
  /** Of a stream: from one token to the next, or to the end. Default: no limit but `total`. */
  readonly stall?: DurationInput
  /** Of a stream: from `session.stop()` to its end. Default 10 s. */
  readonly stop?: DurationInput
  /** From the call to the last byte, streams included. Default 60 s. */
  readonly total?: DurationInput
}

/** The parts in milliseconds, and the least that anything may take from the call on. */
export interface Timeouts {
  readonly connect: Ms
  readonly firstByte: Ms
  readonly firstToken: Ms
  readonly stall: Ms
  readonly stop: Ms
  readonly total: Ms
  readonly least: Ms
}

export const DEFAULT_TIMEOUTS: Timeouts = {
  connect: 10_000,
  firstByte: 30_000,
  firstToken: Infinity,
  stall: Infinity,
  stop: 10_000,
  total: 60_000,
  least: 10_000,
}

const PARTS = ['connect', 'firstByte', 'firstToken', 'stall', 'stop', 'total'] as const
type Part = (typeof PARTS)[number]

/**
 * Lays the given timeouts over others. A plain duration is `total`.
 * @throws UsageError also for a part that is longer than a total that was not given along
 */
export function toTimeouts(
  input: DurationInput | TimeoutOptions | undefined,
  path: string,
  base: Timeouts = DEFAULT_TIMEOUTS,
): Timeouts {
  if (input === undefined) return base
  const named = typeof input === 'object' && input !== null
  const given: TimeoutOptions = named ? input : { total: input }
  checkNames(given, path)
  const read = (name: Part): Ms | undefined =>
    given[name] === undefined ? undefined : toMs(given[name], named ? `${path}.${name}` : path)
  const total = read('total') ?? base.total
  const part = (name: Part, fallback: Ms): Ms => {
    const own = read(name)
    if (own !== undefined && own > total && given.total === undefined) {
      throw outlasts(path, name, own, total)
    }
    return own ?? fallback
  }
  const connect = Math.min(part('connect', base.connect), total)
  const raised = given.total === undefined ? base.firstByte : Math.max(total, base.firstByte)
  const firstByte = Math.min(part('firstByte', raised), total)
  const firstToken = part('firstToken', base.firstToken)
  const stall = part('stall', base.stall)
  const stop = part('stop', base.stop)
  const least = Math.min(connect, firstByte, firstToken, total)
  return { connect, firstByte, firstToken, stall, stop, total, least }
}

function checkNames(given: TimeoutOptions, path: string): void {
  const known: readonly string[] = PARTS
  for (const key of Object.keys(given)) {
    if (known.includes(key)) continue
    const here = `${path}.${key}`
    throw UsageError.saying(here, `${here} is not a timeout; ${knownNames(key, known)}`)
  }
}

function outlasts(path: string, name: Part, own: Ms, total: Ms): UsageError {
  const here = `${path}.${name}`
  return UsageError.saying(
    here,
    `${here} is ${formatMs(own)}, but an operation may take no more than ${formatMs(total)} in all: give a longer total beside it, { ${name}: …, total: … }`,
  )
}
