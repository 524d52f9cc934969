import type { RunRecord } from '../../run-file/run-record.ts'
import type { ComparedLoad, Suggestion } from './comparison.ts'

/** What the figures of a load hint at. */
export function suggestionsOf(
  load: ComparedLoad,
  records: readonly (RunRecord | undefined)[],
): readonly Suggestion[] {
  void load
  void records
  return []
}
