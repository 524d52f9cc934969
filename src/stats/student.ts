import { betaQuantile } from './beta.ts'

/**
 * The quantile of Student's t: what a t of so many degrees of freedom stays below with chance `p`. From
 * I_{ν/(ν+t²)}(ν/2, ½) = 2(1 − p) for p ≥ ½ (Abramowitz & Stegun 26.7.1); an infinite ν gives the normal
 * distribution's to four digits.
 *
 * @param p above 0, below 1
 * @param freedom above 0, whole or not
 */
export function studentQuantile(p: number, freedom: number): number {
  if (p === 0.5) return 0
  if (p < 0.5) return -studentQuantile(1 - p, freedom)
  const degrees = Math.min(freedom, 1e6)
  const x = betaQuantile(2 * (1 - p), degrees / 2, 0.5)
  return Math.sqrt((degrees * (1 - x)) / x)
}
