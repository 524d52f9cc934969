import type { Facts } from './facts.ts'
import { meetLocally } from './local-rendezvous.ts'
import type { ClusterPlace } from './place.ts'
import type { Rendezvous } from './rendezvous.ts'

/** What generators come together for. */
export interface MeetingOptions {
  /** Its name in the run, of which nobody comes twice to the same: the attempt of a test. */
  readonly meeting: string
  /** Of this generator's main process, and of no other: nobody else may take its place. */
  readonly nonce: string
  /** What must be the same in all of them. */
  readonly facts: Facts
}

/**
 * Goes where the generators of a run meet.
 * @throws RendezvousError
 */
export async function openRendezvous(
  { runId: run, share, rendezvous: url }: ClusterPlace,
  options: MeetingOptions,
): Promise<Rendezvous> {
  if (url.startsWith('local:')) return meetLocally(url.slice('local:'.length), share)
  const { meetInRedis } = await import('./redis-rendezvous.ts')
  return meetInRedis({ url, run, share, ...options })
}
