import type { AbChange, AbData } from '../load/ab-run.ts'
import type { CapacityData } from '../load/capacity.ts'
import { plain } from './plain.ts'

/** A change as the run file keeps it: what is infinite is absent, which JSON has no number for. */
export type AbChangeRecord = Omit<AbChange, 'base' | 'head' | 'change' | 'low' | 'high'> &
  Partial<Pick<AbChange, 'base' | 'head' | 'change' | 'low' | 'high'>>

/** A comparison of two targets as the run file keeps it: its blocks and the usual changes. */
export type AbRecord = Omit<AbData, 'changes'> & { readonly changes: readonly AbChangeRecord[] }

export const toAbRecord = (ab: AbData): AbRecord => plain<AbRecord>(ab)

/** A search of a capacity as the run file keeps it: each of its runs, and what they amount to. */
export type CapacityRecord = CapacityData
