import { fromRunRecord, type RunRecord } from '../../run-file/run-record.ts'
import type { ComparedLoad, Suggestion } from './comparison.ts'
import type { Rule } from './rule.ts'
import { fasterByFailing, moreFailures } from './rules-failures.ts'
import { growsMore, moreCpu, opensMore, slowGenerator, waitsMore } from './rules-service.ts'
import {
  laterFirstToken,
  slowerEverywhere,
  slowerTail,
  slowerThroughout,
  slowerTokens,
  slowerWithTime,
} from './rules-times.ts'

/** By the name that the documentation has for each, the weightiest first. */
const RULES: Readonly<Record<string, Rule>> = {
  'generator-saturated': slowGenerator,
  'more-failures': moreFailures,
  'faster-by-failing': fasterByFailing,
  'slower-everywhere': slowerEverywhere,
  'slower-throughout': slowerThroughout,
  'slower-tail': slowerTail,
  'slower-with-time': slowerWithTime,
  'later-first-token': laterFirstToken,
  'slower-tokens': slowerTokens,
  'more-cpu': moreCpu,
  'waits-more': waitsMore,
  'grows-more': growsMore,
  'opens-more': opensMore,
}

/** What the figures of a load hint at; nothing where both runs are not comparable. */
export function suggestionsOf(
  load: ComparedLoad,
  records: readonly (RunRecord | undefined)[],
): readonly Suggestion[] {
  const [first, last] = [records[0], records.at(-1)]
  if (first === undefined || last === undefined) return []
  if (load.whole.verdict === 'not comparable') return []
  const evidence = { load, base: fromRunRecord(first), head: fromRunRecord(last) }
  return Object.entries(RULES).flatMap(([rule, find]) =>
    find(evidence).map((finding) => ({ rule, load: load.title, ...finding })),
  )
}
