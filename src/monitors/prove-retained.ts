import type { Proof } from '../limits/proof.ts'
import { roundedUp } from '../stats/judge-share.ts'
import { theilSen } from '../stats/theil-sen.ts'
import type { Bytes, Ratio } from '../units/units.ts'
import type { RetainedSummary } from './retained.ts'

/**
 * Whether each request surely leaves at most so many bytes, or surely more. As many rounds of k times the
 * requests each make the interval k times narrower, since what a collection leaves by chance stays the same.
 */
export function proveRetained(
  { points, requests }: Pick<RetainedSummary, 'points' | 'requests'>,
  { limit, confidence }: { readonly limit: Bytes; readonly confidence: Ratio },
): Proof | undefined {
  const course = points.map(({ requests: x, bytes: y }) => ({ x, y }))
  const slope = theilSen(course, 2 * confidence - 1)
  if (slope === undefined) return undefined
  const proof = { confidence, low: slope.lower, high: slope.upper, counts: 'requests' }
  if (slope.upper <= limit) return { status: 'pass', ...proof }
  if (slope.lower > limit) return { status: 'fail', ...proof }
  const times = (slope.upper - slope.lower) / 2 / Math.abs(limit - slope.slope)
  if (!Number.isFinite(times)) return { status: 'inconclusive', ...proof }
  const needs = roundedUp(requests * Math.max(1.1, times))
  return { status: 'inconclusive', ...proof, needs }
}
