import { UsageError } from '../errors/usage-error.ts'
import type { Bytes, Ms, PerSecond, Ratio } from './units.ts'

/**
 * What one unit is worth: the decimal point moved by `shift`, then `× times ÷ per`. Moving the point
 * in the text is exact, where 16.1 × 1,000 and 99.9 ÷ 100 are not.
 */
interface Worth {
  readonly shift?: number
  readonly times?: number
  readonly per?: number
}

interface Quantity {
  readonly expected: string
  readonly units: Readonly<Record<string, Worth>>
  /** The units that a number without one is answered with. */
  readonly usual: readonly string[]
}

const DURATION: Quantity = {
  expected: "milliseconds or a string like '250ms', '1.5s', '2m'",
  units: {
    ms: {},
    s: { shift: 3 },
    m: { shift: 3, times: 60 },
    min: { shift: 3, times: 60 },
    h: { shift: 3, times: 3_600 },
  },
  usual: ['ms', 's', 'm', 'h'],
}
const SIZE: Quantity = {
  expected: "bytes or a string like '64KiB', '100MB'",
  units: {
    B: {},
    kB: { shift: 3 },
    KB: { shift: 3 },
    MB: { shift: 6 },
    GB: { shift: 9 },
    KiB: { times: 1_024 },
    MiB: { times: 1_048_576 },
    GiB: { times: 1_073_741_824 },
  },
  usual: ['B', 'kB', 'MB', 'GB'],
}
const RATE: Quantity = {
  expected: "a number per second or a string like '50/s', '120/min'",
  units: { '/s': {}, '/min': { per: 60 }, '/m': { per: 60 }, '/h': { per: 3_600 } },
  usual: ['/s', '/min', '/h'],
}
const RATIO: Quantity = {
  expected: "a ratio from 0 to 1 or a string like '95%'",
  units: { '%': { shift: -2 } },
  usual: ['%'],
}

/** A duration in milliseconds. @throws UsageError naming `path` for anything else, negatives too. */
export const toMs = (input: unknown, path: string): Ms => parse(input, path, DURATION)

/** A size in bytes; `'100MB'` is 10⁸, `'64KiB'` is 65,536. @throws UsageError */
export const toBytes = (input: unknown, path: string): Bytes => parse(input, path, SIZE)

/** A rate per second; `'120/min'` is 2. @throws UsageError */
export const toPerSecond = (input: unknown, path: string): PerSecond => parse(input, path, RATE)

/** A ratio from 0 to 1; `'95%'` is 0.95. @throws UsageError, also above 1: a bare 5 is never 5 %. */
export function toRatio(input: unknown, path: string): Ratio {
  const ratio = parse(input, path, RATIO)
  if (ratio <= 1) return ratio
  const hint = typeof input === 'number' && input <= 100 ? `Write '${input}%'` : undefined
  throw new UsageError(path, RATIO.expected, input, hint)
}

/** A whole number of at least `least`. @throws UsageError */
export function toCount(input: unknown, path: string, least = 1): number {
  if (typeof input === 'number' && Number.isSafeInteger(input) && input >= least) return input
  throw new UsageError(path, `a whole number of at least ${least}`, input)
}

function parse(input: unknown, path: string, quantity: Quantity): number {
  const value = typeof input === 'string' ? parseText(input, quantity) : input
  if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return value
  throw new UsageError(path, quantity.expected, input, remedy(input, quantity))
}

function parseText(text: string, { units }: Quantity): number | undefined {
  const [, digits = '', name = ''] = /^\s*(\d+(?:\.\d+)?|\.\d+)\s*(\S+)\s*$/.exec(text) ?? []
  if (!Object.hasOwn(units, name)) return undefined
  const { shift = 0, times = 1, per = 1 } = units[name] ?? {}
  return (Number(`${digits}e${shift}`) * times) / per
}

function remedy(input: unknown, { units, usual }: Quantity): string | undefined {
  if (typeof input === 'number') return input < 0 ? 'It cannot be negative' : undefined
  const [, minus, digits, name] = /^\s*(-?)([\d.]+)\s*(\S*)\s*$/.exec(String(input)) ?? []
  if (digits === undefined || name === undefined) return undefined
  if (minus === '-') return 'It cannot be negative'
  if (name === '') return `Write the unit: ${usual.map((each) => `'${digits}${each}'`).join(', ')}`
  const meant = Object.keys(units).find((each) => each.toLowerCase() === name.toLowerCase())
  return meant === undefined || meant === name ? undefined : `Write '${digits}${meant}'`
}
