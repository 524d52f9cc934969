import { UsageError } from '../errors/usage-error.ts'
import type { LoadPlan } from './options.ts'
import { unsharedOf, usersOf } from './shared-out.ts'

/** How many processes generate a load: so many, or `'auto'`: as many as this machine has cores to spare. */
export type GeneratorsInput = number | 'auto'

/** @throws UsageError */
export function toGenerators(input: unknown, path: string): GeneratorsInput | undefined {
  if (input === undefined || input === 'auto') return input
  const fine = typeof input === 'number' && Number.isInteger(input) && input >= 1
  if (fine && input <= MOST_LOCAL) return input
  throw new UsageError(path, `'auto' or a whole number from 1 to ${MOST_LOCAL}`, input)
}

/** One machine has hardly more cores. */
const MOST_LOCAL = 256

/** What `'auto'` stands on. */
export interface Spare {
  readonly cores: number
  /** Whether the service under test runs on this machine, started by the plugin: it needs a core, too. */
  readonly serviceHere: boolean
}

/**
 * How many processes generate a load.
 * @param everywhere what the environment says of every load, where it says something
 * @returns with it, why that is one where several were wanted
 */
export function generatorCount(
  plan: LoadPlan,
  everywhere: GeneratorsInput | undefined,
  { cores, serviceHere }: Spare,
): { readonly count: number; readonly note?: string } {
  if (plan.generators === 1) return { count: 1 }
  const wanted = everywhere ?? plan.generators ?? 1
  const count = wanted === 'auto' ? Math.max(1, serviceHere ? cores - 1 : cores) : wanted
  // What a load says itself is meant; it is refused there when it cannot be.
  if (count === 1 || (everywhere === undefined && wanted !== 'auto')) return { count }
  const { option, users } = usersOf(plan)
  if (users < count)
    return { count: 1, note: `${option} is ${users}, fewer than ${count} generators` }
  const unshared = unsharedOf(plan)
  return unshared === undefined
    ? { count }
    : { count: 1, note: `load.${unshared.option} ${unshared.why}` }
}
