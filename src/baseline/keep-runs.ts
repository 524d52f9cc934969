import {
  MOST_RUNS,
  type Baseline,
  type MachineBaseline,
  type RunRecord,
} from './baseline-record.ts'
import type { Judgement } from './judge-baseline.ts'

/** What `vitest -u` makes of a baseline. */
export interface Kept {
  readonly baseline: Baseline
  readonly what: 'added' | 'updated' | 'extended' | 'unchanged'
}

/**
 * The baseline with new runs. What has changed, for better or worse, is begun anew; what has not gathers
 * runs until it has enough, and then stays as it is: a baseline that always moved on with the service
 * would never see it get slower little by little. Those of other machines stay.
 */
export function keepRuns(
  before: Baseline | undefined,
  machine: string,
  { load, runs }: MachineBaseline,
  judgement: Judgement,
): Kept {
  const fresh = { ...before, [machine]: { load, runs: runs.slice(-MOST_RUNS) } }
  if (judgement.kind === 'absent' || judgement.kind === 'machine') {
    return { baseline: fresh, what: 'added' }
  }
  if (judgement.kind === 'load' || hasChanged(judgement))
    return { baseline: fresh, what: 'updated' }
  const known = before?.[machine]?.runs ?? []
  const room = MOST_RUNS - known.length
  if (before === undefined || room <= 0) return { baseline: before ?? fresh, what: 'unchanged' }
  const more: RunRecord[] = [...known, ...runs.slice(0, room)]
  return { baseline: { ...before, [machine]: { load, runs: more } }, what: 'extended' }
}

const hasChanged = ({ figures }: Judgement & { readonly kind: 'compared' }): boolean =>
  figures.some(
    ({ change, unjudged, base, head }) =>
      (base.length === 0) !== (head.length === 0) ||
      (unjudged === undefined && (change?.status === 'worse' || change?.better === true)),
  )
