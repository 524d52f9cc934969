import type { MatcherState } from 'vitest'
import { Mistakes } from '../errors/mistakes.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { Check } from '../limits/check.ts'
import { bandOf } from '../limits/check.ts'
import type { Limits } from '../limits/grammar.ts'
import { manyLimitsNote } from '../limits/multiplicity.ts'
import { parseLimits } from '../limits/parse-limits.ts'
import type { VerdictOptions } from '../limits/verdict-options.ts'
import type { RunData } from '../load/load-run.ts'
import { holds, judge } from '../limits/verdict.ts'
import { readCheck } from './check-reading.ts'
import type { Call } from './call.ts'
import { subjectOf, titleOf, type MatcherResult } from './conclude.ts'
import { generatorLines } from './generator-lines.ts'
import type { Reading } from './reading.ts'
import { isOperation, type Subject } from './subjects.ts'
import { logVerdict } from './verdict-log.ts'
import { proven, settingsOf } from './verdict-settings.ts'
import { describeMisses } from './wording.ts'
import { ERROR_SUBJECTS } from './wrong-subject.ts'

const TAKES = `${ERROR_SUBJECTS} or a distribution (run.ttft)`

/** All limits at once; every one is judged and shown, whichever misses. */
export function toMeet(
  this: MatcherState,
  received: unknown,
  limits: Limits,
  options?: VerdictOptions,
): MatcherResult {
  const call = { state: this, matcher: 'toMeet', received, args: [] }
  return meet(call, parseLimits(limits, 'limits'), options)
}

/** The limits that were given to the load. */
export function toMeetLimits(
  this: MatcherState,
  received: unknown,
  options?: VerdictOptions,
): MatcherResult {
  const call = { state: this, matcher: 'toMeetLimits', received, args: [] }
  const limits = subjectOf(call, 'a run that was given limits: load({ limits: { … } })', limitsOf)
  if (typeof received === 'object' && received !== null) judged.add(received)
  return meet(call, parseLimits(limits, 'limits'), options, givenTo(received))
}

/** How the load itself wanted its limits judged: each of its looks at them has its part of what may be wrong. */
function givenTo(received: unknown): VerdictOptions {
  const { verdict, extension } = received as Pick<RunData, 'verdict' | 'extension'>
  return { ...verdict, ...(extension && { confidence: extension.confidence }) }
}

const judged = new WeakSet<object>()

/** Whether a test has asked for the limits of a run: one that was given limits and forgot would pass. */
export const wereLimitsJudged = (run: object): boolean => judged.has(run)

const limitsOf = (subject: Subject): unknown =>
  subject.kind === 'run' && 'limits' in subject ? subject.limits : undefined

function meet(
  call: Call,
  checks: readonly Check[],
  options?: VerdictOptions,
  given?: VerdictOptions,
): MatcherResult {
  const { state, matcher } = call
  if (state.isNot) {
    const message = `.not.${matcher} does not say which limit is to be missed: use the matcher of that figure, .not.toHaveP95Below(…)`
    throw UsageError.saying(matcher, message)
  }
  const subject = subjectOf(call, TAKES, (each) =>
    isOperation(each) || each.kind === 'distribution' ? each : undefined,
  )
  const settings = settingsOf(call, options, given)
  const { readings: read, unjudged } = readAll(checks, subject, call)
  const readings = read.map((each) => ({ ...each, comparison: proven(each, settings) }))
  for (const { check, comparison } of readings) log(call, check, comparison)
  const missed = readings.filter(
    ({ comparison }) => comparison.measured !== undefined && !holds(comparison, false),
  )
  if (missed.length === 0 && unjudged.length > 0) throw UsageError.all(matcher, unjudged)
  return {
    pass: missed.length === 0,
    message: () => {
      const comparisons = missed.map(({ comparison }) => comparison)
      const notes = unjudged.map((each) => `not judged: ${each.message}`)
      const many = manyLimitsNote(readings.map(({ comparison }) => comparison.proof))
      const generator = generatorLines(call, comparisons)
      const all = [...notes, ...(many === undefined ? [] : [many]), ...generator]
      return describeMisses(call, missed, checks.length, all)
    },
  }
}

interface CheckReading extends Reading {
  readonly check: Check
}

/** A limit that cannot be judged must not hide that others are missed: often it is why. */
function readAll(
  checks: readonly Check[],
  subject: Parameters<typeof readCheck>[1],
  { matcher, received }: Call,
): { readonly readings: readonly CheckReading[]; readonly unjudged: readonly UsageError[] } {
  const mistakes = new Mistakes()
  const readings = checks.flatMap((check): CheckReading[] => {
    const reading = mistakes.check(() => readCheck(check, subject, matcher), undefined)
    if (reading === undefined) return []
    if (reading.comparison.measured === undefined) {
      mistakes.add(UsageError.saying(matcher, reading.evidence.missing(), received))
    }
    return [{ check, ...reading }]
  })
  return { readings, unjudged: mistakes.all }
}

function log({ state, received }: Call, check: Check, comparison: Reading['comparison']): void {
  if (state.task === undefined) return
  const { measured } = comparison
  const band = measured === undefined ? undefined : bandOf(check, measured)
  const verdict = judge({ ...comparison, run: titleOf(received) })
  logVerdict(state.task, band === undefined ? verdict : { ...verdict, band }, state.poll)
}
