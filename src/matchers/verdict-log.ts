import type { Verdict } from '../limits/verdict.ts'

const verdicts = new WeakMap<object, Verdict[]>()
const listeners = new WeakMap<object, (verdict: Verdict) => void>()

/** Tells of each verdict of a test as it is reached, but for those of a poll, which are asked again. */
export function onVerdict(task: object, listener: (verdict: Verdict) => void): void {
  listeners.set(task, listener)
}

/**
 * Keeps a verdict with its test. A poll asks the same question again and again: only its last answer
 * counts, so `again` takes the place of the one before.
 */
export function logVerdict(task: object, verdict: Verdict, again = false): void {
  const before = verdicts.get(task) ?? []
  const kept = again ? before.filter((each) => !isSameQuestion(each, verdict)) : before
  verdicts.set(task, [...kept, verdict])
  if (!again) listeners.get(task)?.(verdict)
}

/** The verdicts of a test's matchers, in the order in which they were reached. */
export const verdictsOf = (task: object): readonly Verdict[] => verdicts.get(task) ?? []

const isSameQuestion = (left: Verdict, right: Verdict): boolean =>
  left.subject === right.subject &&
  left.operator === right.operator &&
  left.limit === right.limit &&
  left.negated === right.negated
