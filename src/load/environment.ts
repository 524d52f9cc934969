import type { Ms } from '../units/units.ts'
import type { SessionDefinition } from '../clients/session-definition.ts'
import type { Timeouts } from '../clients/timeouts.ts'
import type { Transport } from '../clients/transport.ts'
import type { Clock } from '../clock/clock.ts'
import type { WatchedService } from '../monitors/monitor.ts'
import type { Collective } from './collective.ts'
import type { Journal } from './journal.ts'
import type { JointRun } from './joint-run.ts'
import type { Tick } from './tick.ts'
import type { ProfileWeights } from './profile-weights.ts'

import type { OperationListener } from '../metrics/listened-series.ts'
import type { VerdictSettings } from '../limits/verdict-options.ts'
import type { LoadRun } from './load-run.ts'
import type { OpenEnd } from './open-end.ts'
import type { RunEvents } from './run-events.ts'
import type { Steered, Steerer } from './steering.ts'

/** What a load needs to know of the world around it. */
export interface LoadEnvironment {
  readonly clock: Clock
  readonly baseUrl: string | undefined
  readonly wsUrl: string | undefined
  readonly session: SessionDefinition | undefined
  readonly timeouts: Timeouts
  /** How connections are made. */
  readonly transport?: Transport | undefined
  /** Aborts when the test ends early; the load then stops gracefully and keeps its results. */
  readonly signal: AbortSignal
  /** The service under test, to watch its memory and CPU; its pid changes when it is restarted. */
  readonly service: WatchedService | undefined
  /** The other generators of the run; absent when this one generates alone. */
  readonly collective?: Collective | undefined
  /** Of the test, for the summary. */
  readonly title: string
  readonly seed: number
  /** Is told, second by second, what the load does. */
  readonly tell?: ((tick: Tick) => void) | undefined
  /** Offers the load to whoever may steer it, until what it gives is called. */
  readonly offer?: ((load: Steerer) => () => void) | undefined
  /** Why it can be stopped only: it is one of several that belong together. */
  readonly onlyStop?: string | undefined
  /** What was done to the load by hand before it began: it was started with other users. */
  readonly steered?: readonly Steered[] | undefined
  /** What was done to the service so far, by the clock. */
  readonly faults?: (() => readonly { readonly at: Ms; readonly text: string }[]) | undefined
  /** Keeps the load while it runs. */
  readonly journal?: Journal | undefined
  /** Where the options came from, when they are a profile's. */
  readonly source?: string | undefined
  /** Told of each operation; made by the load. */
  readonly operations?: OperationListener | undefined
  /** Of the users, when the profile says so. */
  readonly weights?: ProfileWeights | undefined
  /** Takes what `PERF_DEBUG` shows; absent when it shows nothing. */
  readonly debug?: ((entry: string) => void) | undefined
  /** How sure verdicts have to be, where the load does not say it itself. */
  readonly verdict?: VerdictSettings | undefined
  /** When it ends, where that is found as it goes; made by the load. */
  readonly openEnd?: OpenEnd | undefined
  /** The load as all generators run it; made by the load. */
  readonly joint?: JointRun | undefined
  /** What listens to the load; made by it. */
  readonly events?: RunEvents | undefined
  /** Keeps the run of a load that has ended, whatever its listeners make of it. */
  readonly keep?: ((run: LoadRun) => void) | undefined
  /** Tells whoever waits for the load something before it begins. */
  readonly note?: ((text: string) => void) | undefined
  /** Where files of data are looked for. Default: the working directory. */
  readonly folders?: readonly string[] | undefined
}
