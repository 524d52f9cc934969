import type { Delta } from './delta.ts'
import type { LivePage } from './live-page.ts'

/**
 * What `GET /events` sends, at most every two seconds. `event:` is the name, `data:` the JSON.
 *
 * A browser that is slow gets fewer and larger changes, never a backlog. One that reconnects begins with a `page`
 * again, so nothing has to be remembered on either side.
 */
export interface ServerEvents {
  /** Everything; the first one of a connection. */
  readonly page: LivePage
  /** What changed since the event before: `applyDelta(page, delta)` is the page of now. */
  readonly delta: Delta
  /** The server goes away, and no reconnecting helps: the run is over, and nobody watches files. */
  readonly bye: { readonly reason: string }
}
