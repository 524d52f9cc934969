import { UsageError } from '../errors/usage-error.ts'
import { toCount } from '../units/parse.ts'

/** More would be compared in no test. */
const MOST_REPEATS = 28

/** @throws UsageError */
export function toRepeats(input: unknown, path: string): number {
  const repeats = toCount(input, path)
  if (repeats <= MOST_REPEATS) return repeats
  throw new UsageError(path, `at most ${MOST_REPEATS}`, input)
}
