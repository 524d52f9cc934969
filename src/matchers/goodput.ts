import type { MatcherState } from 'vitest'
import { goodRequests, type GoodCount } from '../limits/good-requests.ts'
import { GOOD_TIMES, toGoodTimes, type GoodTimes } from '../limits/good-times.ts'
import type { GoodLimits } from '../limits/grammar.ts'
import type { Proof } from '../limits/proof.ts'
import { proveGoodput } from '../limits/prove-goodput.ts'
import type { VerdictOptions } from '../limits/verdict-options.ts'
import type { OperationSummary } from '../metrics/summary.ts'
import { formatMs, formatNumber } from '../units/format.ts'
import { toPerSecond } from '../units/parse.ts'
import type { PerSecond, RateInput, Ratio } from '../units/units.ts'
import { conclude, subjectOf, type MatcherResult } from './conclude.ts'
import { failureLines } from './evidence.ts'
import { describeMissingOperations } from './missing.ts'
import type { Reading } from './reading.ts'
import { isOperation, nounOf } from './subjects.ts'
import { ERROR_SUBJECTS } from './wrong-subject.ts'

const MATCHER = 'toHaveGoodputAbove'

/** Requests that succeeded and held every limit, per second. The limit is inclusive. */
export function toHaveGoodputAbove(
  this: MatcherState,
  received: unknown,
  rate: RateInput,
  limits: GoodLimits,
  options?: VerdictOptions,
): MatcherResult {
  const call = { state: this, matcher: MATCHER, received, args: [rate, limits, options] }
  const limit = toPerSecond(rate, `${MATCHER}(rate)`)
  const within = toGoodTimes(limits, `${MATCHER}(…, limits)`)
  const operation = subjectOf(call, ERROR_SUBJECTS, (each) =>
    isOperation(each) && each.kind !== 'window' ? each : undefined,
  )
  return conclude(call, readGoodput(operation, within, limit), options)
}

/** A goodput beside its limit. */
export function readGoodput(
  operation: OperationSummary,
  within: GoodTimes,
  limit: PerSecond,
): Reading {
  const found = goodRequests(operation, within)
  const subject = `goodput of ${operation.name} (${written(within)})`
  const prove = (confidence: Ratio): Proof | undefined => {
    const proof = proveGoodput(operation, within, { operator: 'at least', limit, confidence })
    const had = found.kind === 'known' ? Math.round(found.good) : undefined
    return proof && { ...proof, had, counts: `good ${nounOf(operation)}` }
  }
  return {
    prove,
    comparison: {
      subject,
      metric: 'goodput',
      operator: 'at least',
      unit: '/s',
      limit,
      measured: found.kind === 'known' ? perSecond(operation, found.good) : undefined,
      samples: operation.count,
    },
    evidence: {
      lines: () => goodLines(operation, within, found),
      missing: () => describeMissingGoodput(operation, subject, found),
    },
  }
}

/** `throughput` is `ok / duration`. */
const perSecond = (
  { ok, throughput: { mean } }: OperationSummary,
  good: number,
): PerSecond | undefined => (ok === 0 || mean === undefined ? mean : (good / ok) * mean)

/** `ttft ≤ 500 ms, tpot ≤ 40 ms`. */
const written = (within: GoodTimes): string =>
  limitsOf(within)
    .map(([, text]) => text)
    .join(', ')

const limitsOf = (within: GoodTimes): readonly (readonly [GoodTimes, string])[] =>
  GOOD_TIMES.flatMap((name) => {
    const limit = within[name]
    return limit === undefined ? [] : [[{ [name]: limit }, `${name} ≤ ${formatMs(limit)}`] as const]
  })

function goodLines(
  operation: OperationSummary,
  within: GoodTimes,
  found: GoodCount,
): readonly string[] {
  const { count, ok, failed } = operation
  if (found.kind === 'unknown') return []
  const about = found.complete ? '' : 'about '
  const good = Math.round(found.good)
  const each = limitsOf(within).map(([one, text]) => `${text}: ${heldBy(operation, one)}`)
  return [
    `${formatNumber(count)} ${nounOf(operation)}: ${about}${formatNumber(good)} good, ${formatNumber(failed)} failed, ${about}${formatNumber(ok - good)} beyond a limit or without its time`,
    ...(each.length > 1 ? [`held by successes: ${each.join(' · ')}`] : []),
    ...failureLines(operation),
  ]
}

function heldBy(operation: OperationSummary, within: GoodTimes): string {
  const found = goodRequests(operation, within)
  return found.kind === 'known' ? formatNumber(Math.round(found.good)) : '–'
}

function describeMissingGoodput(
  operation: OperationSummary,
  subject: string,
  found: GoodCount,
): string {
  if (found.kind === 'known') return describeMissingOperations(operation, subject)
  const why = {
    'no stream': 'no stream was recorded under it',
    'not kept': 'the times of each stream are known only in the test that ran the load',
    'latency and ttfb':
      'which latency belongs to which ttfb is kept of streams only. Give one of the two',
  }[found.why]
  return `${subject} has no samples: ${why}`
}
