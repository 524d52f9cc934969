import { toBatches, type Batch } from '../stats/batch-means.ts'
import { judgeShare, LEAST_BATCHES, type ShareRule } from '../stats/judge-share.ts'
import type { Window } from '../metrics/timeline.ts'
import type { Ratio } from '../units/units.ts'
import type { Proof } from './proof.ts'

/** Whether a share of failures is surely at most, or surely more than what is allowed. */
export function proveErrorRate(
  timeline: readonly Window[],
  { allowed, confidence }: { readonly allowed: Ratio; readonly confidence: Ratio },
): Proof | undefined {
  const failures = timeline.map(({ ok, failed }) => ({ sum: failed, count: ok + failed }))
  return proveShare(failures, { allowed, confidence, neighbours: true })
}

/**
 * The proof of a share over the windows of a run. A share of which none or all is allowed is a fact of the
 * run, and needs no proof: `undefined`.
 */
export function proveShare(windows: readonly Batch[], rule: ShareRule): Proof | undefined {
  const { allowed, confidence, alike = [] } = rule
  const batches = toBatches(windows)
  if (batches.length === 0 || allowed <= 0 || allowed >= 1) return undefined
  const others = alike.map((each) => toBatches(each))
  const { status, effective, bounds, needs } = judgeShare(batches, { ...rule, alike: others })
  return {
    status,
    confidence,
    ...(bounds !== undefined && { low: bounds.lower, high: bounds.upper }),
    ...(effective !== undefined && { effective: Math.floor(effective) }),
    ...(needs !== undefined && { needs }),
    ...(batches.length < LEAST_BATCHES && { short: LEAST_BATCHES }),
  }
}
