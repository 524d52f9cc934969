import type { MatcherState } from 'vitest'
import type { VerdictOptions } from '../limits/verdict-options.ts'
import { proveRetained } from '../monitors/prove-retained.ts'
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
  options?: VerdictOptions,
): MatcherResult {
  const matcher = 'toHaveRetainedBelow'
  const call = { state: this, matcher, received, args: [input, options] }
  const limit = toBytes(input, `${matcher}(limit)`)
  const retained = subjectOf(call, RETAINED_SUBJECTS, (subject) =>
    subject.kind === 'retained' ? subject : undefined,
  )
  const subject = `retained memory per request of ${retained.label}`
  const comparison = {
    subject,
    metric: 'retained',
    operator: 'at most',
    limit,
    unit: 'bytes',
    measured: retained.perRequest,
    samples: retained.requests,
  } as const
  const evidence = { lines: () => linesOf(retained), missing: () => describeMissing(subject) }
  const prove = (confidence: number) => proveRetained(retained, { limit, confidence })
  return conclude(call, { comparison, evidence, prove }, options)
}

function linesOf({ requests, points }: RetainedSummary): readonly string[] {
  const [first, last] = [points[0]?.bytes ?? 0, points.at(-1)?.bytes ?? 0]
  return [
    `${formatNumber(requests)} requests in ${points.length - 1} rounds: after collections ${formatBytes(first)}, at last ${formatBytes(last)}`,
  ]
}
