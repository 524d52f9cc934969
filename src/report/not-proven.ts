import { manyLimitsNote } from '../limits/multiplicity.ts'
import { whatSettles, type NotProven } from '../limits/proof-words.ts'
import type { Verdict } from '../limits/verdict.ts'

/** Whether a limit was decided by its point estimate alone. */
export const isOpen = ({ proof }: Verdict): boolean => proof?.status === 'inconclusive'

/** What to know of many limits of one test, of which some are surely missed; `undefined` for few. */
export const manyNote = (verdicts: readonly Verdict[]): string | undefined =>
  manyLimitsNote(verdicts.map(({ proof }) => proof))

/**
 * What the limits that are not proven would need, in one line: that of the first, and how many more there
 * are. `undefined` when all are proven.
 */
export function notProvenNote(verdicts: readonly Verdict[]): string | undefined {
  const texts = new Set(
    verdicts.flatMap(({ metric, samples, proof }) =>
      proof?.status === 'inconclusive' ? [whatSettles(briefly({ metric, samples, proof }))] : [],
    ),
  )
  const [first] = texts
  if (first === undefined) return undefined
  return `not proven: ${first}${texts.size > 1 ? `, and ${texts.size - 1} more` : ''}`
}

/** A line has 80 columns: where it takes more requests, it is left out that it takes five seconds, too. */
function briefly({ metric, samples, proof }: NotProven): NotProven {
  const { short: _short, ...rest } = proof
  const few = proof.needs !== undefined && proof.needs > (proof.had ?? samples)
  return { metric, samples, proof: few ? rest : proof }
}
