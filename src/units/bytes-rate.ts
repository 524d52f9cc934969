import { UsageError } from '../errors/usage-error.ts'
import { toBytes } from './parse.ts'
import type { BytesInput } from './units.ts'

/** Bytes per second, or a size per time: `'1MB/min'`, `'64KiB/s'`. */
export type BytesRateInput = number | `${Extract<BytesInput, string>}/${'s' | 'min' | 'h'}`

const SECONDS: Readonly<Record<string, number>> = { s: 1, min: 60, h: 3_600 }

/** Bytes per second; `'1MB/min'` is 16,667. @throws UsageError */
export function toBytesPerSecond(input: unknown, path: string): number {
  if (typeof input === 'number' && Number.isFinite(input) && input >= 0) return input
  const expected = "bytes per second or a string like '1MB/min', '64KiB/s'"
  const [size, per = '', ...rest] = typeof input === 'string' ? input.split('/') : []
  const seconds = SECONDS[per.trim()]
  if (size === undefined || seconds === undefined || rest.length > 0) {
    throw new UsageError(path, expected, input)
  }
  try {
    return toBytes(size, path) / seconds
  } catch {
    throw new UsageError(path, expected, input)
  }
}
