import { UsageError } from '../errors/usage-error.ts'

/** @throws UsageError for anything but 1, 2, 3 … (from `least` on) */
export function wholeNumber(flag: string, text: string, least = 1): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= least) return value
  throw new UsageError(flag, `a whole number of at least ${least}`, text)
}
