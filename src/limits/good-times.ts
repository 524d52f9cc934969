import { knownNames } from '../errors/nearest.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { JointTime } from '../metrics/kept-times.ts'
import { toMs } from '../units/parse.ts'
import type { Ms } from '../units/units.ts'

/** What a request has to hold to be a good one, in milliseconds. */
export type GoodTimes = Readonly<Partial<Record<JointTime, Ms>>>

/** In the order in which a request goes through them. */
export const GOOD_TIMES = ['latency', 'ttfb', 'ttft', 'ttfo', 'ttst', 'tpot', 'ttct'] as const

/** @throws UsageError for an unknown time, a limit without a unit, no limit at all */
export function toGoodTimes(input: unknown, path: string): GoodTimes {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new UsageError(path, EXPECTED, input)
  }
  const given = Object.entries(input).filter(([, limit]) => limit !== undefined)
  if (given.length === 0) throw new UsageError(path, EXPECTED, input)
  return Object.fromEntries(
    given.map(([name, limit]) => {
      checkName(name, path)
      return [name, toMs(limit, `${path}.${name}`)]
    }),
  )
}

const EXPECTED = "limits of one request like { ttft: '500ms', tpot: '40ms' }"

function checkName(name: string, path: string): void {
  if (GOOD_TIMES.some((each) => each === name)) return
  const message = `${path}.${name} is no time of one request; ${knownNames(name, GOOD_TIMES)}`
  throw UsageError.saying(`${path}.${name}`, message, name)
}
