import { UsageError } from '../errors/usage-error.ts'
import type { Bytes, Ms, PerSecond, Ratio } from './units.ts'

interface Unit {
  readonly expected: string
  readonly factors: Readonly<Record<string, number>>
}

const DURATION: Unit = {
  expected: "milliseconds or a string like '250ms', '1.5s', '2m'",
  factors: { ms: 1, s: 1_000, m: 60_000, min: 60_000, h: 3_600_000 },
}
const SIZE: Unit = {
  expected: "bytes or a string like '64KiB', '100MB'",
  factors: {
    B: 1,
    kB: 1e3,
    KB: 1e3,
    MB: 1e6,
    GB: 1e9,
    KiB: 1_024,
    MiB: 1_048_576,
    GiB: 1_073_741_824,
  },
}
const RATE: Unit = {
  expected: "a number per second or a string like '50/s', '120/min'",
  factors: { '/s': 1, '/min': 1 / 60, '/m': 1 / 60, '/h': 1 / 3_600 },
}
const RATIO: Unit = { expected: "a ratio from 0 to 1 or a string like '95%'", factors: { '%': 0.01 } }

/** A duration in milliseconds. @throws UsageError naming `path` for anything else, negatives included. */
export const toMs = (input: unknown, path: string): Ms => parse(input, path, DURATION)

/** A size in bytes; `'100MB'` is 10⁸, `'64KiB'` is 65,536. @throws UsageError */
export const toBytes = (input: unknown, path: string): Bytes => parse(input, path, SIZE)

/** A rate per second; `'120/min'` is 2. @throws UsageError */
export const toPerSecond = (input: unknown, path: string): PerSecond => parse(input, path, RATE)

/** A ratio from 0 to 1; `'95%'` is 0.95. @throws UsageError, also above 1: a bare 5 is never 5 %. */
export function toRatio(input: unknown, path: string): Ratio {
  const ratio = parse(input, path, RATIO)
  if (ratio > 1) throw new UsageError(path, RATIO.expected, input)
  return ratio
}

/** A whole number of at least `least`. @throws UsageError */
export function toCount(input: unknown, path: string, least = 1): number {
  if (typeof input === 'number' && Number.isInteger(input) && input >= least) return input
  throw new UsageError(path, `a whole number of at least ${least}`, input)
}

function parse(input: unknown, path: string, unit: Unit): number {
  const value = typeof input === 'string' ? parseText(input, unit) : input
  if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return value
  throw new UsageError(path, unit.expected, input)
}

function parseText(text: string, unit: Unit): number | undefined {
  const match = /^\s*(\d+(?:\.\d+)?|\.\d+)\s*(\S+)\s*$/.exec(text)
  if (match === null) return undefined
  const factor = Object.hasOwn(unit.factors, match[2] ?? '') ? unit.factors[match[2] ?? ''] : undefined
  return factor === undefined ? undefined : exact(Number(match[1]) * factor)
}

/** Takes back what binary multiplication adds: 16.1 × 1,000 is 16,100, 0.07 is seven hundredths. */
function exact(product: number): number {
  return Number(product.toPrecision(15))
}
