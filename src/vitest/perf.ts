import { createCaller, type Caller } from '../clients/caller.ts'
import { createFetch, createUrl, type RecordedFetch } from '../clients/fetch.ts'
import { ExchangeLog } from '../clients/exchange-log.ts'
import { HttpClient } from '../clients/http.ts'
import { Session } from '../clients/session.ts'
import type { SessionDefinition } from '../clients/session-definition.ts'
import { sessionFromRoutes } from '../clients/session-routes.ts'
import { needSession, Sessions } from '../clients/sessions.ts'
import { toTimeouts } from '../clients/timeouts.ts'
import { Transport } from '../clients/transport.ts'
import { WsClient } from '../clients/ws.ts'
import { realClock } from '../clock/clock.ts'
import type { Check } from '../load/check.ts'
import { runConcurrently, type ConcurrentlyOptions } from '../load/concurrently.ts'
import type { LoadEnvironment } from '../load/environment.ts'
import type { Group } from '../load/group.ts'
import type { Scenario } from '../load/iteration.ts'
import type { Load } from '../load/load-function.ts'
import type { LoadRun } from '../load/load-run.ts'
import { measure, type MeasureOptions, type MeasureResult } from '../load/measure.ts'
import { refuseInScenario, refuseNested } from '../load/scenario-scope.ts'
import type { CheckSummary } from '../metrics/checks.ts'
import type { Metrics } from '../metrics/own-metrics.ts'
import { Recorder } from '../metrics/recorder.ts'
import type { Monitor, MonitorOptions } from '../monitors/monitor.ts'
import type { MonitorTarget } from '../monitors/target.ts'
import { environmentOf, showDebug, type TestPlace, type Written } from './load-environment.ts'
import { loadFixture } from './load-fixture.ts'
import { ownChecks } from './own-checks.ts'
import { needServer, type ServerHandle } from './server-handle.ts'
import { RetainedMeter, type Retained } from './retained.ts'
import { TestLoads } from './test-loads.ts'
import { TestMonitors } from './test-monitors.ts'

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
  readonly load: Load
  readonly concurrently: (options: ConcurrentlyOptions, fn: Scenario) => Promise<LoadRun>
  readonly measure: (fn: () => unknown, options?: MeasureOptions) => Promise<MeasureResult>
  readonly monitor: (target?: MonitorTarget, options?: MonitorOptions) => Promise<Monitor>
  readonly server: ServerHandle
  /** What each request leaves in the memory of the service; see `toHaveRetainedBelow`. */
  readonly retained: Retained
  readonly metrics: Metrics
  /** Notes whether something holds and goes on; outside a load, what does not hold fails the test at its end. */
  readonly check: Check
  /** Runs a function as one group, which a load times. */
  readonly group: Group
}

/** One attempt of a test: its clients, made when first asked for, and the runs of its loads. */
export class TestPerf implements Perf {
  readonly loads: TestLoads
  /** How a session is spoken to, when the test says it in code. */
  definition: SessionDefinition | undefined
  readonly #place: TestPlace
  readonly monitors = new TestMonitors(() => this.#place.servers?.[0])
  readonly #recorder = new Recorder(realClock.now())
  readonly #own = ownChecks(this.#recorder, () => this.#caller?.tally.failed ?? 0)
  #caller: Caller | undefined
  #http: HttpClient | undefined
  #session: Session | undefined
  #sessions: Sessions | undefined
  #ws: WsClient | undefined
  #started = 0

  constructor(place: TestPlace) {
    this.#place = place
    this.loads = new TestLoads(place.signal)
    this.load = loadFixture({
      place,
      loads: this.loads,
      environment: (written, profile) => this.#environment(written, profile),
    })
    const { session } = place.config
    this.definition = session === undefined ? undefined : sessionFromRoutes(session)
  }

  get http(): HttpClient {
    return (this.#http ??= new HttpClient(this.#callerOfTest(), {
      baseUrl: this.#place.config.baseUrl,
      prefix: '',
      headers: {},
    }))
  }

  get fetch(): RecordedFetch {
    return createFetch(this.#callerOfTest(), this.#place.config.baseUrl)
  }

  get url(): (path?: string) => string {
    return createUrl(this.#place.config.baseUrl)
  }

  get session(): Session {
    return (this.#session ??= new Session(
      this.#callerOfTest(),
      this.http,
      needSession(this.definition),
    ))
  }

  get sessions(): Sessions {
    return (this.#sessions ??= new Sessions(
      this.#callerOfTest(),
      this.http,
      needSession(this.definition),
    ))
  }

  get ws(): WsClient {
    return (this.#ws ??= new WsClient(this.#callerOfTest(), { wsUrl: this.#place.config.wsUrl }))
  }

  get server(): ServerHandle {
    return needServer(this.#place.servers)
  }

  get metrics(): Metrics {
    return this.#recorder.metrics
  }

  get check(): Check {
    return this.#own.check
  }

  get group(): Group {
    return this.#own.group
  }

  /** The checks of the test itself, those in its loads aside. */
  get checks(): readonly CheckSummary[] {
    return this.#recorder.checks.data()
  }

  readonly load: Load

  readonly concurrently = async (options: ConcurrentlyOptions, fn: Scenario): Promise<LoadRun> =>
    this.#noted(
      this.loads.keep(
        this.#place.generators.run(1, () =>
          runConcurrently(options, fn, this.#environment(options)),
        ),
      ),
    )

  readonly measure = (fn: () => unknown, options?: MeasureOptions): Promise<MeasureResult> => {
    refuseNested('measure')
    return measure(fn, options)
  }

  readonly monitor = (target?: MonitorTarget, options?: MonitorOptions): Promise<Monitor> =>
    this.monitors.start(target, options)

  readonly #retained = new RetainedMeter(() => this.server.held())
  readonly retained = this.#retained.measure

  /** Closes what the test left open. */
  async leave(): Promise<void> {
    await Promise.allSettled([this.#session?.close(), this.#sessions?.closeAll()])
    await Promise.allSettled([this.#ws?.close(), this.monitors.stop()])
    await this.#caller?.connections.close()
  }

  async #noted(load: Promise<LoadRun>): Promise<LoadRun> {
    const run = await load
    await this.#place.annotator?.load(run)
    return run
  }

  #callerOfTest(): Caller {
    const { config } = this.#place
    return (this.#caller ??= createCaller({
      recording: { current: this.#recorder },
      timeouts: toTimeouts(config.timeout, 'perf.timeout'),
      transport: new Transport(config.transport),
      admit: refuseInScenario,
      log: config.debug ? new ExchangeLog(showDebug, () => 'the test') : undefined,
    }))
  }

  #environment(written: Written, profile?: string): LoadEnvironment {
    this.#started++
    const { definition, loads } = this
    const inspected = !this.#retained.isMeasuring
    const of = { session: definition, loads, nth: this.#started, inspected }
    return environmentOf(this.#place, of, { written, profile })
  }
}
