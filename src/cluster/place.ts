import type { Share } from '../data/share.ts'
import type { Ms } from '../units/units.ts'

/** Which generator of which run a process is, and where the generators meet. */
export interface ClusterPlace {
  /** Chosen anew for each run: `PERF_RUN_ID`. */
  readonly runId: string
  readonly share: Share
  /** `redis://host:6379`, or `local:/path/of/a.sock` between processes of one machine. */
  readonly rendezvous: string
  /** How long to wait for the others: `PERF_JOIN_TIMEOUT`. */
  readonly joinTimeout?: Ms | undefined
}
