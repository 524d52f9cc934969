import type { Verdict } from '../limits/verdict.ts'

const verdicts = new WeakMap<object, Verdict[]>()

/**
 * Keeps a verdict with its test. A poll asks the same question again and again: only its last answer
 * counts, so `again` takes the place of the one before.
 */
export function logVerdict(task: object, verdict: Verdict, again = false): void {
  const before = verdicts.get(task) ?? []
  const kept = again ? before.filter((each) => !isSameQuestion(each, verdict)) : before
  verdicts.set(task, [...kept, verdict])
}

/** The verdicts of a test's matchers, in the order in which they were reached. */
export const verdictsOf = (task: object): readonly Verdict[] => verdicts.get(task) ?? []

const isSameQuestion = (left: Verdict, right: Verdict): boolean =>
  left.subject === right.subject &&
  left.operator === right.operator &&
  left.limit === right.limit &&
  left.negated === right.negated
