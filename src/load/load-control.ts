import { recordedConnections } from '../clients/caller.ts'
import type { Connections } from '../clients/connections.ts'
import type { Handshakes } from '../clients/handshakes.ts'
import { isRecorded } from '../clients/recorded-errors.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { Ms } from '../units/units.ts'
import { startTicker, type Ticker } from '../monitors/ticker.ts'
import { AbortWatch, describeBreakdown, lookEvery } from './abort-watch.ts'
import { handshakesOf } from './arrive.ts'
import { Cut } from './cut.ts'
import type { LoadEnvironment } from './environment.ts'
import type { Phase } from './course.ts'
import type { Ending } from './run-parts.ts'
import type { CommonPlan } from './option-reader.ts'
import type { PhaseName, Phases } from './phases.ts'
import { takingUnawaited } from './unawaited.ts'
import { VirtualUser } from './virtual-user.ts'

/** How long scenarios that ignore their abort are waited for before they are left behind. */
const LAST_WAIT: Ms = 1_000

/**
 * How a load of any model ends: it stops to start iterations, those under way get the graceful stop,
 * and whatever is left is cut off. It also makes the users, since they are what is cut off.
 */
export class LoadControl {
  ending: Ending = 'complete'
  /** Why it ended early. */
  reason: string | undefined
  readonly phases: Phases
  readonly handshakes: Handshakes
  /** What ends all that is under way; users who may leave before the end have a branch of it. */
  readonly cut: Cut
  /** Of a connection mode that shares them. */
  readonly shared: Connections | undefined
  /** What the times of `at` count from. */
  startedAt: Ms
  readonly #plan: CommonPlan
  readonly #environment: LoadEnvironment
  readonly #seed: number
  readonly #stopping = new AbortController()
  readonly #timers: ReturnType<typeof setTimeout>[] = []
  #fatal: Error | undefined

  constructor(plan: CommonPlan, environment: LoadEnvironment, seed: number, phases: Phases) {
    this.#plan = plan
    this.#environment = environment
    this.#seed = seed
    this.cut = new Cut(environment.clock)
    this.phases = phases
    const { connection } = plan
    this.handshakes = handshakesOf(environment)
    this.shared =
      connection === 'shared'
        ? recordedConnections(connection, phases.recording, {
            transport: environment.transport,
            handshakes: this.handshakes,
          })
        : undefined
    this.startedAt = environment.clock.now()
  }

  /** Aborts when no more iterations are to start. */
  get stopping(): AbortSignal {
    return this.#stopping.signal
  }

  /** Runs the work of a model to its end. @throws what a misuse inside the scenario threw */
  async run(work: () => Promise<unknown>): Promise<void> {
    await takingUnawaited(
      (reason) => this.#takes(reason),
      () => this.#run(work),
    )
    if (this.#fatal !== undefined) throw this.#fatal
  }

  /** Begins, after what had to be made ready, and forgets whatever was recorded before. */
  begin(at = this.#environment.clock.now()): Ms {
    this.startedAt = at
    this.phases.restart(at)
    return at
  }

  /** Does something `time` ms after the start of the load. */
  at(time: Ms, act: () => void): void {
    const { clock } = this.#environment
    this.#timers.push(clock.setTimeout(act, Math.max(0, this.startedAt + time - clock.now())))
  }

  enter(name: Phase['name'], now = this.#environment.clock.now()): void {
    if (!this.stopping.aborted) this.#enter(name, now)
  }

  /** Starts no more iterations; those under way get the graceful stop, then they are cut off. */
  stop(ending: Ending, now = this.#environment.clock.now()): void {
    if (this.stopping.aborted) return
    this.ending = ending
    this.#stopping.abort(new Error('the load has ended'))
    this.#enter('graceful stop', now)
    this.at(now - this.startedAt + this.#plan.gracefulStop, () => this.cut.now())
  }

  /** Stops gracefully, since a listener wants it, or somebody who watches. */
  stopFor(reason: string): void {
    if (this.stopping.aborted) return
    this.reason = reason
    this.stop('stopped')
  }

  /** Ends the load at once: a service that is broken gets no time to answer what is under way. */
  halt(ending: 'aborted' | 'interrupted' | 'stopped', reason: string): void {
    if (this.cut.signal.aborted) return
    this.reason ??= reason
    this.stop(ending)
    this.cut.now()
  }

  /** Ends the load at once, with an error: what goes on would be wrong for every user. */
  end(error: unknown): void {
    this.#fatal ??= error instanceof Error ? error : new Error(String(error))
    this.stop('interrupted')
    this.cut.now()
  }

  createUser(number: number, cut = this.cut): VirtualUser {
    const { clock } = this.#environment
    const { connection, timeouts } = this.#plan
    const options = {
      recording: this.phases.recording,
      clock,
      inFlight: cut.inFlight,
      connection,
      timeouts,
      transport: this.#environment.transport,
      handshakes: this.handshakes,
      ...(this.shared !== undefined && { connections: this.shared }),
    }
    return new VirtualUser(number, this.#environment, options, cut.signal, this.#seed)
  }

  #enter(name: PhaseName, now: Ms): void {
    this.phases.enter(name, now)
    this.#environment.events?.phase(name)
  }

  async #run(work: () => Promise<unknown>): Promise<void> {
    const { signal, clock, events } = this.#environment
    const interrupt = (): void => this.stop('interrupted')
    signal.addEventListener('abort', interrupt, { once: true })
    if (signal.aborted) interrupt()
    events?.phase(this.phases.current)
    events?.began(this)
    const watch = this.#watch()
    try {
      await Promise.race([work(), this.#leftBehind()])
    } finally {
      signal.removeEventListener('abort', interrupt)
      await watch?.stop()
      events?.phase(undefined)
      for (const timer of this.#timers) clock.clearTimeout(timer)
      await this.shared?.close()
    }
  }

  /** Looks now and then whether too much fails: no request costs any more for it. */
  #watch(): Ticker | undefined {
    const { abort } = this.#plan
    if (abort === undefined) return undefined
    const { clock } = this.#environment
    const watch = new AbortWatch(abort)
    return startTicker({ interval: lookEvery(abort), clock }, () => {
      if (this.stopping.aborted) return Promise.resolve('over')
      const found = watch.look(clock.now(), this.phases.tally())
      if (found !== undefined) this.halt('aborted', describeBreakdown(found, abort))
      return Promise.resolve('go on')
    })
  }

  /** Whether a rejection that no code waited for is of this load; a misuse ends it all the same. */
  #takes(reason: unknown): boolean {
    if (reason instanceof UsageError) this.end(reason)
    else return isRecorded(reason) || reason === this.cut.reason
    return true
  }

  /** Resolves a moment after the cut, for scenarios that do not end even then. */
  #leftBehind(): Promise<void> {
    const { clock } = this.#environment
    return new Promise((resolve) => {
      const wait = (): void => {
        this.#timers.push(clock.setTimeout(resolve, LAST_WAIT))
      }
      this.cut.signal.addEventListener('abort', wait, { once: true })
    })
  }
}
