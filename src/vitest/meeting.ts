import type { MeetingOptions } from '../cluster/open-rendezvous.ts'
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

/**
 * Goes where the others are. All that this takes is loaded here: whoever generates alone has none of it.
 * @param gone aborts when one of them has ended that was started here
 */
export async function meet(
  place: ClusterPlace,
  options: MeetingOptions,
  gone: AbortSignal = new AbortController().signal,
): Promise<Meeting> {
  const [{ openRendezvous }, { collectiveOf }, { untilGone }] = await Promise.all([
    import('../cluster/open-rendezvous.ts'),
    import('../cluster/collective.ts'),
    import('./until-gone.ts'),
  ])
  const rendezvous = await openRendezvous(place, options)
  const collective = collectiveOf(rendezvous, {
    facts: { ...options.facts, meeting: options.meeting },
    ...(place.joinTimeout !== undefined && { gather: place.joinTimeout }),
  })
  return {
    of: place.share.of,
    rendezvous,
    collective: untilGone(collective, gone),
    leave: () => rendezvous.close(),
  }
}
