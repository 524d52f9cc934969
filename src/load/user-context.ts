import type { RecordedFetch } from '../clients/fetch.ts'
import type { HttpClient } from '../clients/http.ts'
import type { Session } from '../clients/session.ts'
import type { Sessions } from '../clients/sessions.ts'
import type { WsClient } from '../clients/ws.ts'
import type { Metrics } from '../metrics/own-metrics.ts'
import type { Random } from '../stats/random.ts'
import type { Check } from './check.ts'
import type { Group } from './group.ts'
import type { PauseInput } from './pause-time.ts'

/** What a scenario is handed: one virtual user with clients of its own. */
export interface UserContext {
  /** Counts from 0. */
  readonly user: number
  /** Counts this user's iterations from 0. */
  readonly iteration: number
  readonly http: HttpClient
  readonly fetch: RecordedFetch
  /** The URL of a path on the service under test. */
  readonly url: (path?: string) => string
  /** This user's session; its first operation opens it, and it lives as long as the user. */
  readonly session: Session
  readonly sessions: Sessions
  readonly ws: WsClient
  readonly metrics: Metrics
  /** Counts whether something holds, and goes on. */
  readonly check: Check
  /** Times what a function does, as one. */
  readonly group: Group
  /** Kept from iteration to iteration, each user's own. */
  readonly state: Record<string, unknown>
  /** Seeded: each user's own, and in an open load each arrival's, whoever takes it. */
  readonly random: Random
  /** Waits; a pair is a range to pick from. Ends with the run. */
  readonly pause: (time: PauseInput) => Promise<void>
  /** Aborts when the run is cut off. */
  readonly signal: AbortSignal
}
