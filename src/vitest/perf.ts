import { createCaller, type Caller } from '../clients/caller.ts'
import { createFetch, createUrl, type RecordedFetch } from '../clients/fetch.ts'
import { HttpClient } from '../clients/http.ts'
import { Session } from '../clients/session.ts'
import type { SessionDefinition } from '../clients/session-definition.ts'
import { sessionFromRoutes } from '../clients/session-routes.ts'
import { needSession, Sessions } from '../clients/sessions.ts'
import { toTimeouts } from '../clients/timeouts.ts'
import { WsClient } from '../clients/ws.ts'
import { realClock } from '../clock/clock.ts'
import { UsageError } from '../errors/usage-error.ts'
import { runConcurrently, type ConcurrentlyOptions } from '../load/concurrently.ts'
import type { LoadEnvironment } from '../load/environment.ts'
import type { Workload } from '../load/behaviours.ts'
import type { Scenario } from '../load/iteration.ts'
import type { LoadRun } from '../load/load-run.ts'
import { measure, type MeasureOptions, type MeasureResult } from '../load/measure.ts'
import type { LoadOptions } from '../load/options.ts'
import { resolveProfile, type ProfileReference } from '../load/profiles.ts'
import { runLoad } from '../load/run-load.ts'
import { refuseInScenario, refuseNested } from '../load/scenario-scope.ts'
import type { Metrics } from '../metrics/own-metrics.ts'
import { Recorder } from '../metrics/recorder.ts'
import { startMonitor, type Monitor, type MonitorOptions } from '../monitors/monitor.ts'
import { pidOf, type MonitorTarget } from '../monitors/target.ts'
import type { PerfConfig } from './options.ts'
import { needServer, type ServerHandle } from './server-handle.ts'
import { TestLoads } from './test-loads.ts'

/** Everything that the fixtures give, in one object: what `usePerf()` returns. */
export interface Perf {
  readonly http: HttpClient
  readonly fetch: RecordedFetch
  /** The URL of a path on the service under test. */
  readonly url: (path?: string) => string
  /** One session; its first operation opens it, and it is closed at the end of the test. */
  readonly session: Session
  readonly sessions: Sessions
  readonly ws: WsClient
  readonly load: (options: LoadOptions | ProfileReference, workload: Workload) => Promise<LoadRun>
  readonly concurrently: (options: ConcurrentlyOptions, fn: Scenario) => Promise<LoadRun>
  readonly measure: (fn: () => unknown, options?: MeasureOptions) => Promise<MeasureResult>
  readonly monitor: (target?: MonitorTarget, options?: MonitorOptions) => Promise<Monitor>
  readonly server: ServerHandle
  readonly metrics: Metrics
}

/** What one attempt of a test is given, and what it leaves behind. */
export interface TestPlace {
  readonly config: PerfConfig
  readonly title: string
  /** Where the test's files of data are: beside it, and in the root of the project. */
  readonly folders: readonly string[]
  readonly signal: AbortSignal
  readonly servers: readonly ServerHandle[] | undefined
}

/** One attempt of a test: its clients, made when first asked for, and the runs of its loads. */
export class TestPerf implements Perf {
  readonly loads: TestLoads
  /** How a session is spoken to, when the test says it in code. */
  definition: SessionDefinition | undefined
  readonly #place: TestPlace
  readonly #monitors: Monitor[] = []
  readonly #recorder = new Recorder(realClock.now())
  #caller: Caller | undefined
  #http: HttpClient | undefined
  #session: Session | undefined
  #sessions: Sessions | undefined
  #ws: WsClient | undefined
  #started = 0

  constructor(place: TestPlace) {
    this.#place = place
    this.loads = new TestLoads(place.signal)
    const { session } = place.config
    this.definition = session === undefined ? undefined : sessionFromRoutes(session)
  }

  get http(): HttpClient {
    return (this.#http ??= new HttpClient(this.#own(), {
      baseUrl: this.#place.config.baseUrl,
      prefix: '',
      headers: {},
    }))
  }

  get fetch(): RecordedFetch {
    return createFetch(this.#own(), this.#place.config.baseUrl)
  }

  get url(): (path?: string) => string {
    return createUrl(this.#place.config.baseUrl)
  }

  get session(): Session {
    return (this.#session ??= new Session(this.#own(), this.http, needSession(this.definition)))
  }

  get sessions(): Sessions {
    return (this.#sessions ??= new Sessions(this.#own(), this.http, needSession(this.definition)))
  }

  get ws(): WsClient {
    return (this.#ws ??= new WsClient(this.#own(), { wsUrl: this.#place.config.wsUrl }))
  }

  get server(): ServerHandle {
    return needServer(this.#place.servers)
  }

  get metrics(): Metrics {
    return this.#recorder.metrics
  }

  readonly load = async (
    options: LoadOptions | ProfileReference,
    workload: Workload,
  ): Promise<LoadRun> => {
    const { profiles, overrides } = this.#place.config
    const { options: shape, source } = resolveProfile(options, profiles, overrides)
    return this.loads.keep(runLoad(shape, workload, { ...this.#environment(), source }))
  }

  readonly concurrently = async (options: ConcurrentlyOptions, fn: Scenario): Promise<LoadRun> =>
    this.loads.keep(runConcurrently(options, fn, this.#environment()))

  readonly measure = (fn: () => unknown, options?: MeasureOptions): Promise<MeasureResult> => {
    refuseNested('measure')
    return measure(fn, options)
  }

  readonly monitor = async (target?: MonitorTarget, options?: MonitorOptions): Promise<Monitor> => {
    const pid = target === undefined ? this.#servicePid() : await pidOf(target)
    const monitor = startMonitor(
      { pid },
      { ...(target === undefined && { label: 'the service' }), ...options },
    )
    this.#monitors.push(monitor)
    return monitor
  }

  /** Closes what the test left open. */
  async leave(): Promise<void> {
    await Promise.allSettled([this.#session?.close(), this.#sessions?.closeAll()])
    await Promise.allSettled([
      this.#ws?.close(),
      ...this.#monitors.map((monitor) => monitor.stop()),
    ])
    await this.#caller?.connections.close()
  }

  #own(): Caller {
    const { config } = this.#place
    return (this.#caller ??= createCaller({
      recording: { current: this.#recorder },
      timeouts: toTimeouts(config.timeout, 'perf.timeout'),
      admit: refuseInScenario,
    }))
  }

  #environment(): LoadEnvironment {
    const { config, title, folders } = this.#place
    this.#started++
    return {
      clock: realClock,
      baseUrl: config.baseUrl,
      wsUrl: config.wsUrl,
      session: this.definition,
      timeouts: toTimeouts(config.timeout, 'perf.timeout'),
      signal: this.loads.signal,
      servicePid: this.#place.servers?.[0]?.pid,
      title: this.#started === 1 ? title : `${title} #${this.#started}`,
      seed: config.seed,
      note: (text) => console.warn(`${title}: ${text}`),
      keep: (run) => this.loads.add(run),
      folders,
    }
  }

  #servicePid(): number {
    const pid = this.#place.servers?.[0]?.pid
    if (pid !== undefined) return pid
    throw UsageError.saying(
      'monitor',
      'monitor() watches the service that perf({ server }) starts, and there is none here: name a target, monitor({ port: 8080 }) or monitor({ pid })',
    )
  }
}
