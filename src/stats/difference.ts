import { regularizedBeta } from './beta.ts'
import { studentQuantile } from './student.ts'

/** A figure and between what it lies; each end holds with the same confidence, one not known is missing. */
export interface Estimate {
  readonly value: number
  readonly lower: number | undefined
  readonly upper: number | undefined
}

/** By how much one figure lies above another that was measured independently of it. */
export interface Difference {
  readonly value: number
  readonly lower: number | undefined
  readonly upper: number | undefined
  /** From the difference to the end of its interval that lies towards 0; missing with that end. */
  readonly reach: number | undefined
}

/**
 * `head` − `base` with the interval that their own intervals recover (MOVER: Zou & Donner, Statistics in
 * Medicine 27, 2008): lower = d − √((h − l_h)² + (u_b − b)²), and upper likewise. Each end has the
 * confidence of the ends that it is made of. Of logarithms it is a ratio.
 */
export function differenceOf(base: Estimate, head: Estimate): Difference {
  const value = head.value - base.value
  const below = reachOf(head.lower, head.value, base.upper, base.value)
  const above = reachOf(head.upper, head.value, base.lower, base.value)
  return {
    value,
    lower: below === undefined ? undefined : value - below,
    upper: above === undefined ? undefined : value + above,
    reach: value >= 0 ? below : above,
  }
}

function reachOf(
  headEnd: number | undefined,
  head: number,
  baseEnd: number | undefined,
  base: number,
): number | undefined {
  if (headEnd === undefined || baseEnd === undefined) return undefined
  const reach = Math.hypot(headEnd - head, baseEnd - base)
  return Number.isFinite(reach) ? reach : undefined
}

/**
 * The chance of a difference at least as large, either way, between two figures that are the same: the
 * reach of an end with `confidence` is so many standard deviations, the rest is the normal distribution's.
 * `undefined` where the end towards 0 is not known.
 */
export function chanceOf(
  { value, reach }: Pick<Difference, 'value' | 'reach'>,
  confidence: number,
): number | undefined {
  if (value === 0) return 1
  if (reach === undefined) return undefined
  if (reach === 0) return 0
  const z = (Math.abs(value) / reach) * studentQuantile(confidence, Infinity)
  return regularizedBeta(FREEDOM / (FREEDOM + z * z), FREEDOM / 2, 0.5)
}

/**
 * The difference that has the chance `p`, in the units of the reach of an end with `confidence`: what is
 * smaller may be chance.
 */
export const noiseOf = (reach: number, confidence: number, p: number): number =>
  (reach * studentQuantile(1 - p / 2, Infinity)) / studentQuantile(confidence, Infinity)

/** Student's t with so many degrees of freedom is the normal distribution to four digits. */
const FREEDOM = 1e6
