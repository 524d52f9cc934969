import { UsageError } from '../errors/usage-error.ts'

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
  /** More have nothing to do: the users of the load. */
  readonly most: number
}

/** How many generate a load. `'auto'` is at least 1. */
export function generatorCount(
  input: GeneratorsInput,
  { cores, serviceHere, most }: Spare,
): number {
  if (input !== 'auto') return input
  return Math.max(1, Math.min(most, serviceHere ? cores - 1 : cores))
}
