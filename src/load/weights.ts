import { UsageError } from '../errors/usage-error.ts'
import type { Random } from '../stats/random.ts'

/** A weight: any number above 0; only the proportions count. @throws UsageError */
export function toWeight(input: unknown, path: string): number {
  if (input === undefined) return 1
  if (typeof input === 'number' && Number.isFinite(input) && input > 0) return input
  const remedy = input === 0 ? 'Leave out what is never to be done' : undefined
  throw new UsageError(path, 'a number above 0', input, remedy)
}

/** Picks among things in proportion to their weights. */
export function weightedPick<T>(
  among: readonly { readonly weight: number; readonly value: T }[],
): (random: Random) => T {
  const ends: number[] = []
  let total = 0
  for (const { weight } of among) ends.push((total += weight))
  return (random) => {
    const at = random() * total
    const found = ends.findIndex((end) => at < end)
    return (among.at(found) as { readonly value: T }).value
  }
}

/** How many users of a kind a load has: a share by weight, or so many whatever the load's size. */
export interface Quota {
  readonly weight: number
  readonly fixedCount: number | undefined
}

/**
 * The kind of each user of a load, in the order in which they start. Fixed ones come first; the others
 * are spread evenly (smooth weighted round-robin, as nginx has it), so that a ramp-up has the
 * proportions of the whole from its start.
 *
 * @returns an index into `quotas` for each user
 */
export function assignKinds(quotas: readonly Quota[], users: number): readonly number[] {
  const kinds: number[] = []
  for (const [kind, { fixedCount = 0 }] of quotas.entries()) {
    for (let user = 0; user < fixedCount && kinds.length < users; user++) kinds.push(kind)
  }
  const shared = quotas.flatMap((quota, kind) =>
    quota.fixedCount === undefined ? [{ kind, weight: quota.weight, credit: 0 }] : [],
  )
  const total = shared.reduce((sum, { weight }) => sum + weight, 0)
  while (kinds.length < users && shared.length > 0) {
    for (const each of shared) each.credit += each.weight
    const next = shared.reduce((best, each) => (each.credit > best.credit ? each : best))
    next.credit -= total
    kinds.push(next.kind)
  }
  return kinds
}
