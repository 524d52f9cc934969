import { knownNames } from '../errors/nearest.ts'
import { UsageError } from '../errors/usage-error.ts'
import { toMs } from '../units/parse.ts'
import type { DurationInput, Ms } from '../units/units.ts'

/** How long each part of an operation may take; `total` alone may be given as a plain duration. */
export interface TimeoutOptions {
  /** Until the connection stands. Default 10 s. */
  readonly connect?: DurationInput
  /** From there to the first byte of the answer. Default 30 s. */
  readonly firstByte?: DurationInput
  /** From the call to the last byte, streams included. Default 60 s. */
  readonly total?: DurationInput
}

/** The parts in milliseconds, and the least of them. */
export interface Timeouts {
  readonly connect: Ms
  readonly firstByte: Ms
  readonly total: Ms
  readonly least: Ms
}

export const DEFAULT_TIMEOUTS: Timeouts = {
  connect: 10_000,
  firstByte: 30_000,
  total: 60_000,
  least: 10_000,
}

const PARTS: readonly string[] = ['connect', 'firstByte', 'total']

/** Lays the given timeouts over others. A plain duration is `total`. @throws UsageError */
export function toTimeouts(
  input: DurationInput | TimeoutOptions | undefined,
  path: string,
  base: Timeouts = DEFAULT_TIMEOUTS,
): Timeouts {
  if (input === undefined) return base
  const named = typeof input === 'object' && input !== null
  const given: TimeoutOptions = named ? input : { total: input }
  for (const key of Object.keys(given)) {
    if (PARTS.includes(key)) continue
    const here = `${path}.${key}`
    throw UsageError.saying(here, `${here} is not a timeout; ${knownNames(key, PARTS)}`)
  }
  const part = (name: keyof TimeoutOptions, fallback: Ms): Ms =>
    given[name] === undefined ? fallback : toMs(given[name], named ? `${path}.${name}` : path)
  const total = part('total', base.total)
  const connect = Math.min(part('connect', base.connect), total)
  const firstByte = Math.min(
    part('firstByte', given.total === undefined ? base.firstByte : Math.max(total, base.firstByte)),
    total,
  )
  return { connect, firstByte, total, least: Math.min(connect, firstByte, total) }
}
