import type { OperationSummary } from '../metrics/summary.ts'
import { countAbove } from '../stats/histogram.ts'
import { GOOD_TIMES, type GoodTimes } from './good-times.ts'

/** How many requests were good, or why that is not known. */
export type GoodCount =
  | { readonly kind: 'known'; readonly good: number; readonly complete: boolean }
  | { readonly kind: 'unknown'; readonly why: 'no stream' | 'not kept' | 'latency and ttfb' }

/**
 * How many requests succeeded and held every limit. A time that a request has not holds none: a plain
 * answer has no TTFT, a single token no TPOT. Of streams it is exact, since the times of each are kept
 * together (from a million streams of one name on, a part of them stands for all); a limit of latency
 * alone, or of TTFB alone, is exact to the bucket of its histogram (0.1 % wide).
 */
export function goodRequests(operation: OperationSummary, within: GoodTimes): GoodCount {
  const { joint, ok, latency, ttfb, ttft } = operation
  const names = GOOD_TIMES.filter((name) => within[name] !== undefined)
  const ofStreams = names.some((name) => name !== 'latency' && name !== 'ttfb')
  if (joint !== undefined && (ofStreams || joint.count === ok)) {
    return { kind: 'known', good: joint.within(within), complete: joint.complete }
  }
  if (ofStreams) {
    if (ttft.count > 0) return { kind: 'unknown', why: 'not kept' }
    return ttft.failed > 0 ? known(0) : { kind: 'unknown', why: 'no stream' }
  }
  if (within.ttfb === undefined) return known(countWithin(latency, within.latency))
  if (within.latency === undefined) return known(countWithin(ttfb, within.ttfb))
  // The first byte never comes after the last.
  if (within.ttfb >= within.latency) return known(countWithin(latency, within.latency))
  return { kind: 'unknown', why: 'latency and ttfb' }
}

const known = (good: number): GoodCount => ({ kind: 'known', good, complete: true })

const countWithin = (
  { histogram }: OperationSummary['latency'],
  limit = Number.POSITIVE_INFINITY,
): number => histogram.count - countAbove(histogram, limit)
