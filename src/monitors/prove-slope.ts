import type { Proof } from '../limits/proof.ts'
import { roundedUp } from '../stats/judge-share.ts'
import type { Ms, Ratio } from '../units/units.ts'
import { timeNeeded, type MemorySlope } from './memory-slope.ts'

/** What is asked of a slope. */
interface SlopeQuestion {
  /** Bytes per second. */
  readonly limit: number
  readonly confidence: Ratio
  /** What a bound is multiplied by for the interval of the proof. Default: 1, bytes per second. */
  readonly scale?: number
  /** Growth in less time than this is no proof that it goes on. Default: 0. */
  readonly least?: Ms
}

/** Whether memory surely grows at most as fast as the limit, or surely faster, and else how long it takes to tell. */
export function proveSlope(
  slope: MemorySlope,
  { limit, confidence, scale = 1, least = 0 }: SlopeQuestion,
): Proof {
  const { lower, upper, watched } = slope
  const proof = { confidence, low: lower * scale, high: upper * scale }
  if (upper <= limit) return { status: 'pass', ...proof }
  if (lower > limit && watched >= least) return { status: 'fail', ...proof }
  const needs = Math.max(timeNeeded(slope, limit), slope.slope > limit ? least : 0)
  if (!Number.isFinite(needs)) return { status: 'inconclusive', ...proof }
  return {
    status: 'inconclusive',
    ...proof,
    time: { needs: roundedUp(needs), had: watched },
  }
}
