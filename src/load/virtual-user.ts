import { createCaller, type Caller, type CallerOptions, type Lateness } from '../clients/caller.ts'
import { createFetch, createUrl, type RecordedFetch } from '../clients/fetch.ts'
import { HttpClient } from '../clients/http.ts'
import { Session } from '../clients/session.ts'
import { needSession, Sessions } from '../clients/sessions.ts'
import { WsClient } from '../clients/ws.ts'
import { sleep } from '../clock/sleep.ts'
import { Recorder } from '../metrics/recorder.ts'
import type { Metrics } from '../metrics/own-metrics.ts'
import { seededRandom, seedOf, type Random } from '../stats/random.ts'
import { createCheck, type Check } from './check.ts'
import type { LoadEnvironment } from './environment.ts'
import { debugLog } from './debug-log.ts'
import { createGroup, type Group } from './group.ts'
import { pauseTime } from './pause-time.ts'
import type { UserContext } from './user-context.ts'

/** A virtual user. Its clients are made when a scenario first asks for them, so idle users cost little. */
export class VirtualUser implements UserContext {
  readonly user: number
  iteration = 0
  /** Of an open load: which of all arrivals its iteration is. */
  arrival: number | undefined
  state: Record<string, unknown> = {}
  /** The row of the user's data that its iteration has. */
  row: unknown = undefined
  readonly signal: AbortSignal
  /** In an open load: how late the iteration under way began, until its first operation. */
  readonly lateness: Lateness = { lag: 0 }
  readonly #environment: LoadEnvironment
  readonly #options: CallerOptions
  readonly #seed: number
  #caller: Caller | undefined
  #http: HttpClient | undefined
  #fetch: RecordedFetch | undefined
  #session: Session | undefined
  #sessions: Sessions | undefined
  #ws: WsClient | undefined
  #check: Check | undefined
  #group: Group | undefined
  #random: Random | undefined

  constructor(
    user: number,
    environment: LoadEnvironment,
    options: CallerOptions,
    signal: AbortSignal,
    seed: number,
  ) {
    this.user = user
    this.#environment = environment
    this.#options = options
    this.#seed = seed
    this.signal = signal
  }

  get caller(): Caller {
    return (this.#caller ??= createCaller({
      ...this.#options,
      oneOfMany: true,
      lateness: this.lateness,
      log: debugLog(this, this.#environment.debug),
    }))
  }

  get http(): HttpClient {
    return (this.#http ??= new HttpClient(this.caller, {
      baseUrl: this.#environment.baseUrl,
      prefix: '',
      headers: {},
    }))
  }

  get fetch(): RecordedFetch {
    return (this.#fetch ??= createFetch(this.caller, this.#environment.baseUrl))
  }

  get url(): (path?: string) => string {
    return createUrl(this.#environment.baseUrl)
  }

  get session(): Session {
    return (this.#session ??= new Session(
      this.caller,
      this.http,
      needSession(this.#environment.session),
    ))
  }

  get sessions(): Sessions {
    return (this.#sessions ??= new Sessions(
      this.caller,
      this.http,
      needSession(this.#environment.session),
    ))
  }

  get ws(): WsClient {
    return (this.#ws ??= new WsClient(this.caller, {
      wsUrl: this.#environment.wsUrl,
      // Not the user's own: when a connection is lost must not change what the user does.
      random: seededRandom(seedOf(~this.#seed, this.user)),
    }))
  }

  get metrics(): Metrics {
    return this.#recorder.metrics
  }

  get check(): Check {
    return (this.#check ??= createCheck(() => this.#recorder.checks))
  }

  get group(): Group {
    return (this.#group ??= createGroup({
      clock: this.#environment.clock,
      recorder: () => this.#recorder,
      failures: () => this.failures,
      lateness: this.lateness,
      signal: this.signal,
    }))
  }

  get random(): Random {
    return (this.#random ??= seededRandom(seedOf(this.#seed, this.arrival ?? this.user)))
  }

  get pause(): UserContext['pause'] {
    return async (time) => {
      const ms = pauseTime(time, () => this.random)
      const { clock } = this.#environment
      const due = clock.now() + ms
      await sleep(clock, ms, this.signal)
      this.#options.recording.current.sending.woke(ms, clock.now() - due)
    }
  }

  /** Takes an arrival, from which on its draws are that one's: who was idle changes nothing of it. */
  arrives(arrival: number): void {
    this.arrival = arrival
    this.#random = undefined
  }

  /** Notes that an iteration has ended: the answers of it have been judged. */
  turned(): void {
    if (this.#caller !== undefined) this.#caller.tally.turn++
  }

  /** Comes back for a user that has left: with its number, not with its clients and its state. */
  continue({ iteration, random }: VirtualUser): void {
    this.iteration = iteration
    this.#random = random
  }

  /** How many of this user's operations failed so far. */
  get failures(): number {
    return this.#caller?.tally.failed ?? 0
  }

  /** HTTP calls that are under way: after an iteration, those that it did not wait for. */
  get underWay(): number {
    return this.#caller?.connections.underWay ?? 0
  }

  /** Closes sessions, sockets and connections; none of it is counted in the run. */
  async leave(stop?: () => Promise<void>): Promise<void> {
    if (stop === undefined && this.#caller === undefined) return
    const { caller } = this
    caller.recording = { current: new Recorder(caller.clock.now()) }
    if (!this.signal.aborted) {
      await stop?.().catch(() => {})
      await Promise.allSettled([this.#session?.close(), this.#sessions?.closeAll()])
    }
    await this.#ws?.close()
    if (this.#options.connections === undefined) await caller.connections.close()
  }

  /** What a user does as it leaves is recorded elsewhere. */
  get #recorder(): Recorder {
    return (this.#caller ?? this.#options).recording.current
  }
}
