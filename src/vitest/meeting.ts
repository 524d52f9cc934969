import type { ClusterPlace } from '../cluster/place.ts'
import type { Rendezvous } from '../cluster/rendezvous.ts'
import type { Collective } from '../load/collective.ts'

/** Where the generators of an attempt meet. */
export interface Meeting {
  readonly of: number
  readonly rendezvous: Rendezvous
  readonly collective: Collective
  /** Ends it for all of them. */
  leave(): Promise<void>
}

/** What every generator has to run alike. */
export interface MeetingFacts {
  readonly file: string
  readonly version: string
}

/**
 * Goes where the others are. All that this takes is loaded here: whoever generates alone has none of it.
 * @param gone aborts when one of them has ended that was started here
 */
export async function meet(
  place: ClusterPlace,
  facts: MeetingFacts,
  gone: AbortSignal = new AbortController().signal,
): Promise<Meeting> {
  const [{ openRendezvous }, { collectiveOf }, { untilGone }] = await Promise.all([
    import('../cluster/open-rendezvous.ts'),
    import('../cluster/collective.ts'),
    import('./until-gone.ts'),
  ])
  const rendezvous = await openRendezvous(place, { ...facts })
  return {
    of: place.share.of,
    rendezvous,
    collective: untilGone(collectiveOf(rendezvous, { facts: { ...facts } }), gone),
    leave: () => rendezvous.close(),
  }
}
