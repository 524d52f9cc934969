import { UsageError } from '../errors/usage-error.ts'
import { holds, judge } from '../limits/verdict.ts'
import type { VerdictOptions } from '../limits/verdict-options.ts'
import type { Call } from './call.ts'
import { toSubject, type Subject } from './subjects.ts'
import { generatorLines } from './generator-lines.ts'
import type { Reading } from './reading.ts'
import { logVerdict } from './verdict-log.ts'
import { proven, settingsOf } from './verdict-settings.ts'
import { describeFailure, proofLines } from './wording.ts'
import { describeWrongSubject } from './wrong-subject.ts'

/** What a matcher gives back to Vitest: no `actual`, whose diff would print the whole run. */
export interface MatcherResult {
  readonly pass: boolean
  readonly message: () => string
}

/** What stands behind a figure. Both are worked out only when a message is printed. */
export interface Evidence {
  /** Lines under the headline of a failure. */
  readonly lines: () => readonly string[]
  /** What is missing and why, when nothing was measured. */
  readonly missing: () => string
}

/**
 * The subject of a matcher, read by `read`.
 * @throws UsageError for a promise, and for a value that `read` gives `undefined` for
 */
export function subjectOf<T>(
  call: Call,
  takes: string,
  read: (subject: Subject) => T | undefined,
): T {
  const subject = toSubject(call.received)
  const taken = subject === undefined ? undefined : read(subject)
  if (taken !== undefined) return taken
  const message = describeWrongSubject(call, takes, subject)
  throw UsageError.saying(call.matcher, message, call.received)
}

/**
 * Judges a figure, keeps the verdict with the test and words the failure.
 * @throws UsageError when nothing was measured: that is no pass, and under `.not` neither
 */
export function conclude(call: Call, reading: Reading, options?: VerdictOptions): MatcherResult {
  const { task, isNot, poll } = call.state
  const negated = isNot ?? false
  const { evidence } = reading
  const comparison = proven(reading, settingsOf(call, options))
  const verdict = judge({ ...comparison, run: titleOf(call.received) }, negated)
  if (task !== undefined) logVerdict(task, verdict, poll)
  if (verdict.measured === undefined) {
    throw UsageError.saying(call.matcher, evidence.missing(), call.received)
  }
  return {
    pass: holds(comparison, negated) !== negated,
    message: () =>
      describeFailure(call, comparison, [
        ...evidence.lines(),
        ...proofLines(comparison),
        ...generatorLines(call, [comparison]),
      ]),
  }
}

/** Title of the run, when the subject is one that knows it. */
export function titleOf(received: unknown): string | undefined {
  if (typeof received !== 'object' || received === null || !('title' in received)) return undefined
  return typeof received.title === 'string' ? received.title : undefined
}
