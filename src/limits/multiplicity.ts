import { formatRatio } from '../units/format.ts'
import type { Ratio } from '../units/units.ts'
import type { Proof } from './proof.ts'

/** Of fewer limits, that several are judged is no news. */
const LEAST_LIMITS = 3

/**
 * The chance that of several limits one is called surely missed by mistake, were everything exactly at its limit
 * and nothing depended on each other: 1 − Π confidence. That all are met needs no such care: it is called so only
 * when each is, which is as sure as the least sure of them (Berger, Technometrics 24, 1982).
 */
export const falseAlarm = (proofs: readonly Proof[]): Ratio =>
  1 - proofs.reduce((chance, { confidence }) => chance * confidence, 1)

/**
 * What is to be said of limits that are judged together: `chance alone misses one of 20 limits at 95 % in up to 65 %
 * of runs`, if all stand right at them. `undefined` for few, and where no miss is proven: those say so themselves.
 */
export function manyLimitsNote(proofs: readonly (Proof | undefined)[]): string | undefined {
  const known = proofs.filter((proof) => proof !== undefined)
  const [first] = known
  if (first === undefined || known.length < LEAST_LIMITS) return undefined
  if (!known.some(({ status }) => status === 'fail')) return undefined
  const [sure, chance] = [formatRatio(first.confidence), formatRatio(rounded(falseAlarm(known)))]
  return `chance alone misses one of ${known.length} limits at ${sure} in up to ${chance} of runs`
}

/** To whole percents: it is an upper end. */
const rounded = (ratio: Ratio): Ratio => Math.ceil(ratio * 100 - 1e-9) / 100
