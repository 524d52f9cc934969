import { Mistakes } from '../errors/mistakes.ts'
import { knownNames } from '../errors/nearest.ts'
import { UsageError } from '../errors/usage-error.ts'
import { toMs, toRatio } from '../units/parse.ts'
import type { DurationInput, Ms, Ratio, RatioInput } from '../units/units.ts'

/** When a load is to stop early, since the service is broken and the rest would only cost time. */
export interface AbortOptions {
  /** More than this share of what completed has failed … */
  readonly errorRate: RatioInput
  /** … all through the last of this time. Default 10 s. */
  readonly for?: DurationInput | undefined
}

/** The same in numbers. */
export interface AbortPlan {
  readonly errorRate: Ratio
  readonly for: Ms
}

const NAMES = ['errorRate', 'for']
const EXAMPLE = "an object like { errorRate: '10%', for: '10s' }"

/** @throws UsageError with every mistake */
export function toAbort(input: unknown, path: string): AbortPlan {
  if (typeof input !== 'object' || input === null) throw new UsageError(path, EXAMPLE, input)
  const { errorRate, for: time = '10s' } = { ...input } as Readonly<Record<string, unknown>>
  const mistakes = new Mistakes()
  for (const name of Object.keys(input)) {
    if (NAMES.includes(name)) continue
    const message = `${path}.${name} is not an option; ${knownNames(name, NAMES)}`
    mistakes.add(UsageError.saying(`${path}.${name}`, message, input))
  }
  const plan = {
    errorRate: mistakes.check(() => toErrorRate(errorRate, `${path}.errorRate`), 0),
    for: mistakes.check(() => toTime(time, `${path}.for`), 1),
  }
  mistakes.throwAll(path)
  return plan
}

function toErrorRate(input: unknown, path: string): Ratio {
  const rate = toRatio(input, path)
  if (rate < 1) return rate
  throw new UsageError(path, "less than 100 %, which no load exceeds, like '10%'", input)
}

function toTime(input: unknown, path: string): Ms {
  const time = toMs(input, path)
  if (time > 0) return time
  throw new UsageError(path, "longer than nothing, like '10s'", input)
}
