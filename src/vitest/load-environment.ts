import type { SessionDefinition } from '../clients/session-definition.ts'
import { toTimeouts } from '../clients/timeouts.ts'
import { Transport } from '../clients/transport.ts'
import { realClock } from '../clock/clock.ts'
import type { LoadEnvironment } from '../load/environment.ts'
import type { Journal } from '../load/journal.ts'
import type { LoadOptions } from '../load/options.ts'
import type { WatchedService } from '../monitors/monitor.ts'
import type { Annotator } from './annotate.ts'
import type { PerfConfig } from './perf-config.ts'
import type { Fault, ServerHandle } from './server-handle.ts'
import type { TestGenerators } from './test-generators.ts'
import type { TestLoads } from './test-loads.ts'
import { tickSender } from './send-tick.ts'
import { steerChannel } from './steer-channel.ts'
import { sourceOf } from './told.ts'

/** What one attempt of a test is given, and what it leaves behind. */
export interface TestPlace {
  readonly config: PerfConfig
  readonly title: string
  /** The id of Vitest's task. */
  readonly task: string
  /** Where the test's files of data are: beside it, and in the root of the project. */
  readonly folders: readonly string[]
  readonly signal: AbortSignal
  readonly servers: readonly ServerHandle[] | undefined
  /** Absent when nobody reads what a test is annotated with. */
  readonly annotator: Annotator | undefined
  /** Makes the journal of a load. */
  readonly journal: (() => Journal) | undefined
  /** What was done to the services so far. */
  readonly faults?: (() => readonly Fault[]) | undefined
  readonly generators: TestGenerators
}

/** Vitest shows it beside the test that wrote it. */
export const showDebug = (entry: string): void => console.error(entry)

/** The options of a load that the environment may say instead. */
export type Written = Pick<LoadOptions, 'seed' | 'timeout'>

/** The world of a load that a test starts. */
export function environmentOf(
  { config, title, task, folders, servers, journal, faults }: TestPlace,
  of: {
    readonly session: SessionDefinition | undefined
    readonly loads: TestLoads
    /** Counts the loads of the test from 1. */
    readonly nth: number
    /** Whether the service may be watched through its inspector. */
    readonly inspected: boolean
  },
  from: { readonly written: Written; readonly profile: string | undefined },
): LoadEnvironment {
  // One generator watches it for all.
  const service = config.follower === undefined ? servers?.[0] : undefined
  return {
    clock: realClock,
    baseUrl: config.baseUrl,
    wsUrl: config.wsUrl,
    session: of.session,
    timeouts: toTimeouts(config.timeout, 'perf.timeout'),
    transport: new Transport(config.transport),
    signal: of.loads.signal,
    note: (text) => console.warn(`${title}: ${text}`),
    keep: (run) => of.loads.add(run),
    service: of.inspected ? service : uninspected(service),
    title: of.nth === 1 ? title : `${title} #${of.nth}`,
    seed: config.seed,
    source: sourceOf(from.profile, config.told, from.written),
    folders,
    tell: config.follower === undefined ? tickSender(config.live) : undefined,
    offer: config.follower === undefined ? steerChannel(config.live, task) : undefined,
    journal: journal?.(),
    faults,
    verdict: config.verdict,
    debug: config.debug ? showDebug : undefined,
  }
}

/** The same, known by its pid only. */
function uninspected(service: WatchedService | undefined): WatchedService | undefined {
  if (service === undefined) return undefined
  return {
    get pid() {
      return service.pid
    },
  }
}
