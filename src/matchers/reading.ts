import type { Proof } from '../limits/proof.ts'
import type { Comparison } from '../limits/verdict.ts'
import type { Ratio } from '../units/units.ts'
import type { Evidence } from './conclude.ts'

/** A figure beside its limit, and what stands behind it. */
export interface Reading {
  readonly comparison: Omit<Comparison, 'run'>
  readonly evidence: Evidence
  /** How sure it is, each side with the confidence; nothing where that cannot be told. */
  readonly prove?: (confidence: Ratio) => Proof | undefined
}
