import type { Collective } from '../load/collective.ts'
import type { Ms } from '../units/units.ts'
import type { Rendezvous } from './rendezvous.ts'

/** What a collective knows besides its rendezvous. */
export interface CollectiveOptions {
  /** What must be the same in each generator, beside the load: the package's version, the test file. */
  readonly facts?: Readonly<Record<string, string>> | undefined
  readonly limits?: Partial<CollectiveLimits> | undefined
}

/** How long generators wait for each other, and how far apart they may be. */
export interface CollectiveLimits {
  /** For the others to come to a load. Default 60 s. */
  readonly gather: Ms
  /** Without a sign of life. Default 15 s. */
  readonly silence: Ms
  /** By how much a clock may be uncertain, or a start late, before a run counts as not delivered. Default 100 ms. */
  readonly skew: Ms
}

/** The other generators of a run, by their rendezvous. */
export declare function collectiveOf(
  rendezvous: Rendezvous,
  options?: CollectiveOptions,
): Collective
