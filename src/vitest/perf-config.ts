import type { SessionRoutes } from '../clients/session-routes.ts'
import type { TimeoutOptions } from '../clients/timeouts.ts'
import type { TransportSettings } from '../clients/transport.ts'
import type { ClusterPlace } from '../cluster/place.ts'
import type { GeneratorsInput } from '../load/generators-option.ts'
import type { VerdictSettings } from '../limits/verdict-options.ts'
import type { ProfileOverrides } from '../load/profile-overrides.ts'
import type { ProfileOptions } from '../load/profiles.ts'
import type { StartedWith } from '../load/as-started.ts'
import type { DurationInput } from '../units/units.ts'
import type { Told } from './told.ts'

/** What the test processes are told; JSON only. */
export interface PerfConfig {
  readonly baseUrl: string | undefined
  readonly wsUrl: string | undefined
  readonly session: SessionRoutes | undefined
  readonly profiles: Readonly<Record<string, ProfileOptions>>
  readonly timeout: DurationInput | TimeoutOptions | undefined
  /** How connections are made; certificates are read already. */
  readonly transport: TransportSettings
  /** Where the main process can be asked for the service; absent when it starts none. */
  readonly control: string | undefined
  /** Where the main process listens to what loads do. */
  readonly live: string
  /** How whoever started this run by hand wants its loads; absent when nobody did. */
  readonly started?: StartedWith | undefined
  readonly seed: number
  readonly verdict: VerdictSettings
  /** Of loads written with `profile(…)`. */
  readonly overrides: ProfileOverrides
  /** What the environment says of every load. */
  readonly told: Told
  /** What the environment calls this kind of machine: see `fingerprintOf`. */
  readonly machine: string | undefined
  /** Whether the first exchanges are shown. */
  readonly debug: boolean
  /** Names of fields that are secret, too. */
  readonly redact: readonly string[]
  /** Whether a reporter of Vitest reads what tests are annotated with. */
  readonly annotate: boolean
  /** What `PERF_GENERATORS` says. */
  readonly generators?: GeneratorsInput | undefined
  /** Which of several generators this is; absent when it generates alone, or begins to. */
  readonly place?: ClusterPlace | undefined
  /** Whether it was started by another test process to generate a share of its loads. */
  readonly follower?: true | undefined
}
