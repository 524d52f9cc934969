import { meetLocally } from './local-rendezvous.ts'
import type { ClusterPlace } from './place.ts'
import type { Facts } from './facts.ts'
import type { Rendezvous } from './rendezvous.ts'

/**
 * Goes where the generators of a run meet.
 * @param facts what has to be the same in all of them
 * @throws RendezvousError
 */
export async function openRendezvous(
  { runId: run, share, rendezvous: url }: ClusterPlace,
  facts: Facts,
): Promise<Rendezvous> {
  if (url.startsWith('local:')) return meetLocally(url.slice('local:'.length), share)
  const { meetInRedis } = await import('./redis-rendezvous.ts')
  return meetInRedis({ url, run, share, facts })
}
