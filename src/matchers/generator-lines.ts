import type { Comparison } from '../limits/verdict.ts'
import { generatorOf } from '../load/generated-by.ts'
import type { Call } from './call.ts'

/**
 * Under limits that were missed: that the generator was too slow to tell. It makes answers look slower
 * and asks for fewer of them, so it speaks of times and of throughput only, and never under `.not`.
 */
export function generatorLines(
  { received, state }: Call,
  missed: readonly Pick<Comparison, 'unit'>[],
): readonly string[] {
  const touched = missed.some(({ unit }) => unit === 'ms' || unit === '/s')
  if (!touched || state.isNot) return []
  const generator =
    typeof received === 'object' && received !== null ? generatorOf(received) : undefined
  if (generator === undefined || !(generator.saturated || generator.hostBusy)) return []
  const what = generator.saturated ? 'the generator was saturated' : 'the machine was busy'
  return [`${what} (${generator.reasons.join(', ')}): the service may be faster than this`]
}
