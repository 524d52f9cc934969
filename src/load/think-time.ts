import { UsageError } from '../errors/usage-error.ts'
import type { Random } from '../stats/random.ts'
import { toMs } from '../units/parse.ts'
import type { DurationInput, Ms } from '../units/units.ts'

/**
 * The time that a user waits between two tasks: always the same, a range whose times are equally
 * likely, or a distribution with its mean. None is ever below 0.
 */
export type ThinkTime =
  | DurationInput
  | readonly [from: DurationInput, to: DurationInput]
  | { readonly normal: { readonly mean: DurationInput; readonly deviation: DurationInput } }
  | { readonly exponential: { readonly mean: DurationInput } }

/** Draws a think time. */
export type DrawTime = (random: Random) => Ms

const EXPECTED =
  "a time like '1s', a range like ['1s', '5s'], { normal: { mean, deviation } } or { exponential: { mean } }"

/** @throws UsageError */
export function toThinkTime(input: unknown, path: string): DrawTime {
  if (typeof input === 'number' || typeof input === 'string') return always(toMs(input, path))
  if (Array.isArray(input)) return uniform(input, path)
  const { normal, exponential, ...rest } = objectOf(input, path)
  if (Object.keys(rest).length > 0 || (normal === undefined) === (exponential === undefined)) {
    throw new UsageError(path, EXPECTED, input)
  }
  if (exponential !== undefined) {
    const mean = toMs(objectOf(exponential, path)['mean'], `${path}.exponential.mean`)
    return (random) => -mean * Math.log(1 - random())
  }
  const { mean, deviation } = objectOf(normal, path)
  return gaussian(toMs(mean, `${path}.normal.mean`), toMs(deviation, `${path}.normal.deviation`))
}

const always =
  (time: Ms): DrawTime =>
  () =>
    time

function uniform(range: readonly unknown[], path: string): DrawTime {
  if (range.length !== 2) throw new UsageError(path, EXPECTED, range)
  const [from, to] = [toMs(range[0], `${path}[0]`), toMs(range[1], `${path}[1]`)]
  if (to < from) throw new UsageError(path, 'a range from the shorter to the longer', range)
  return (random) => from + random() * (to - from)
}

/** Box and Muller (1958); what falls below 0 is 0. */
const gaussian =
  (mean: Ms, deviation: Ms): DrawTime =>
  (random) => {
    const radius = Math.sqrt(-2 * Math.log(1 - random()))
    return Math.max(0, mean + deviation * radius * Math.cos(2 * Math.PI * random()))
  }

function objectOf(input: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof input === 'object' && input !== null && !Array.isArray(input)) return { ...input }
  throw new UsageError(path, EXPECTED, input)
}
