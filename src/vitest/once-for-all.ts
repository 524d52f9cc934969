import { openRendezvous } from '../cluster/open-rendezvous.ts'
import type { ClusterPlace } from '../cluster/place.ts'
import type { Json } from '../cluster/rendezvous.ts'
import type { Ms } from '../units/units.ts'
import { versions } from './versions.ts'

/** For what is done once: data bases are filled in it. */
const LONGEST: Ms = 600_000

/** An object: `undefined` is a result, too, which JSON has only by leaving it out. */
interface Made {
  readonly [name: string]: Json | undefined
  readonly value?: Json
}

/**
 * Makes something in one of the generators of several machines; the others wait for it, and have its result.
 * @param nonce of this generator's main process
 */
export async function onceForAll<T>(
  place: ClusterPlace,
  { id, nonce }: { readonly id: string; readonly nonce: string },
  make: () => T | Promise<T>,
): Promise<T> {
  const facts = { version: versions() }
  const meeting = `once ${JSON.stringify(id)}`
  const rendezvous = await openRendezvous(place, { meeting, nonce, facts })
  try {
    // What JSON cannot hold is said where it is written.
    const made = async (): Promise<Made> => ({ value: (await make()) as Json })
    const { value } = (await rendezvous.getOrCreate(id, made, { within: LONGEST })) as Made
    return value as T
  } finally {
    await rendezvous.close()
  }
}
