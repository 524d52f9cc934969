import type { Comparison } from '../limits/verdict.ts'
import type { Evidence } from './conclude.ts'

/** A figure beside its limit, and what stands behind it. */
export interface Reading {
  readonly comparison: Omit<Comparison, 'run'>
  readonly evidence: Evidence
}
