import type { MatcherState } from 'vitest'
import type { RetainedSummary } from '../monitors/retained.ts'
import { formatBytes, formatNumber } from '../units/format.ts'
import { toBytes } from '../units/parse.ts'
import type { BytesInput } from '../units/units.ts'
import { conclude, subjectOf, type MatcherResult } from './conclude.ts'
import { describeMissing } from './missing.ts'
import { RETAINED_SUBJECTS } from './wrong-subject.ts'

/** The matcher of what each request leaves in memory. The limit is inclusive. */
export function toHaveRetainedBelow(
  this: MatcherState,
  received: unknown,
  input: BytesInput,
): MatcherResult {
  const matcher = 'toHaveRetainedBelow'
  const call = { state: this, matcher, received, args: [input] }
  const limit = toBytes(input, `${matcher}(limit)`)
  const retained = subjectOf(call, RETAINED_SUBJECTS, (subject) =>
    subject.kind === 'retained' ? subject : undefined,
  )
  const subject = `retained memory per request of ${retained.label}`
  const note = doubtOf(subject, retained, limit)
  const comparison = {
    subject,
    metric: 'retained',
    operator: 'at most',
    limit,
    unit: 'bytes',
    measured: retained.perRequest,
    samples: retained.points.length,
    ...(note !== undefined && { note }),
  } as const
  const evidence = {
    lines: () => [...linesOf(retained), ...(note === undefined ? [] : [note])],
    missing: () => describeMissing(subject),
  }
  return conclude(call, { comparison, evidence })
}

const between = ({ lower, upper }: RetainedSummary): string =>
  `${formatBytes(lower)} to ${formatBytes(upper)}`

function linesOf(retained: RetainedSummary): readonly string[] {
  const { requests, points } = retained
  const [first, last] = [points[0]?.bytes ?? 0, points.at(-1)?.bytes ?? 0]
  return [
    `95 % sure: ${between(retained)}`,
    `${formatNumber(requests)} requests in ${points.length - 1} rounds: after collections ${formatBytes(first)}, at last ${formatBytes(last)}`,
  ]
}

/** Set when the limit is within the interval: the estimate decides, and may be wrong. */
function doubtOf(subject: string, retained: RetainedSummary, limit: number): string | undefined {
  if (retained.upper <= limit || retained.lower > limit) return undefined
  return `${subject} is not sure: ${between(retained)}; more requests a round would tell`
}
