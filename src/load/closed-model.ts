import { Connections } from '../clients/connections.ts'
import { InFlight } from '../clients/in-flight.ts'
import { isRecorded } from '../clients/recorded-errors.ts'
import { sleep } from '../clock/sleep.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { Ms } from '../units/units.ts'
import { phasesOf, userStarts } from './closed-schedule.ts'
import type { LoadEnvironment } from './environment.ts'
import { Iteration, type Scenario } from './iteration.ts'
import type { Ending } from './load-run.ts'
import type { LoadPlan } from './options.ts'
import { Phases } from './phases.ts'
import { Turns } from './turns.ts'
import { refusePile, takingUnawaited } from './unawaited.ts'
import { VirtualUser } from './virtual-user.ts'

/** How long scenarios that ignore their abort are waited for before they are left behind. */
const LAST_WAIT: Ms = 1_000

/**
 * Runs a closed load: users start on a schedule, each iterates until the end, open iterations get
 * the graceful stop, and whatever is left is cut off.
 */
export class ClosedModel {
  ending: Ending = 'complete'
  readonly phases: Phases
  readonly #plan: LoadPlan
  readonly #scenario: Scenario
  readonly #environment: LoadEnvironment
  readonly #seed: number
  readonly #inFlight: InFlight
  readonly #shared: Connections | undefined
  readonly #stopping = new AbortController()
  readonly #cut = new AbortController()
  readonly #timers: ReturnType<typeof setTimeout>[] = []
  readonly #startedAt: Ms
  readonly #turns: Turns
  /** When the last iteration ended; what users do to tidy up comes after it. */
  endedAt: Ms
  #iterationsLeft: number
  #fatal: Error | undefined

  constructor(plan: LoadPlan, scenario: Scenario, environment: LoadEnvironment, seed: number) {
    const { clock } = environment
    this.#plan = plan
    this.#scenario = scenario
    this.#environment = environment
    this.#seed = seed
    this.#inFlight = new InFlight(clock)
    this.#shared = plan.connection === 'shared' ? new Connections('shared') : undefined
    this.#startedAt = clock.now()
    this.#turns = new Turns(clock)
    this.endedAt = this.#startedAt
    this.#iterationsLeft = plan.iterations ?? Infinity
    this.phases = new Phases((phasesOf(plan)[0] ?? { name: 'steady' }).name, this.#startedAt)
  }

  /** Resolves when every user has left. @throws what a misuse inside the scenario threw */
  async run(): Promise<void> {
    await takingUnawaited(
      (reason) => this.#takes(reason),
      () => this.#run(),
    )
    if (this.#fatal !== undefined) throw this.#fatal
  }

  async #run(): Promise<void> {
    const { signal } = this.#environment
    const interrupt = (): void => this.#stop('interrupted')
    signal.addEventListener('abort', interrupt, { once: true })
    if (signal.aborted) interrupt()
    this.#schedule()
    const starts = userStarts(this.#plan.users, this.#plan.rampUp)
    const users = Promise.all(starts.map((start, user) => this.#user(user, start)))
    try {
      await Promise.race([users, this.#leftBehind()])
    } finally {
      signal.removeEventListener('abort', interrupt)
      for (const timer of this.#timers) this.#environment.clock.clearTimeout(timer)
      await this.#shared?.close()
    }
  }

  /** Whether a rejection that no code waited for is of this load; a misuse ends it all the same. */
  #takes(reason: unknown): boolean {
    if (reason instanceof UsageError) this.#end(reason)
    else return isRecorded(reason) || reason === this.#cut.signal.reason
    return true
  }

  #schedule(): void {
    const { duration, iterations, maxDuration } = this.#plan
    const [, ...later] = phasesOf(this.#plan)
    for (const phase of later) this.#at(phase.from, () => this.#enter(phase.name))
    const steady = phasesOf(this.#plan).at(-1)?.from ?? 0
    if (duration !== undefined) this.#at(steady + duration, () => this.#stop('complete'))
    if (iterations !== undefined) this.#at(maxDuration, () => this.#stop('deadline'))
  }

  #at(time: Ms, act: () => void): void {
    const { clock } = this.#environment
    this.#timers.push(clock.setTimeout(act, this.#startedAt + time - clock.now()))
  }

  #enter(name: 'ramp-up' | 'warm-up' | 'steady'): void {
    if (!this.#stopping.signal.aborted) this.phases.enter(name, this.#environment.clock.now())
  }

  /** Starts no more iterations; those under way get the graceful stop, then they are cut off. */
  #stop(ending: Ending): void {
    if (this.#stopping.signal.aborted) return
    this.ending = ending
    this.#stopping.abort(new Error('the load has ended'))
    this.phases.enter('graceful stop', this.#environment.clock.now())
    const end = this.#environment.clock.now() - this.#startedAt + this.#plan.gracefulStop
    this.#at(end, () => this.#cutOff())
  }

  #cutOff(): void {
    const reason = 'the run ended before the answer came'
    this.#cut.abort(new Error(reason))
    this.#inFlight.abortAll(reason)
  }

  /** Ends the load at once, with an error: what goes on would be wrong for every user. */
  #end(error: Error): void {
    this.#fatal ??= error
    this.#stop('interrupted')
    this.#cutOff()
  }

  async #user(number: number, start: Ms): Promise<void> {
    const { clock } = this.#environment
    const wait = this.#startedAt + start - clock.now()
    if (wait > 0) await sleep(clock, wait, this.#stopping.signal).catch(() => {})
    if (this.#stopping.signal.aborted) return
    const user = this.#createUser(number)
    const iteration = new Iteration(user, this.phases.recording, clock)
    this.phases.user(1)
    try {
      while (this.#takeIteration()) {
        iteration.begin()
        try {
          await this.#scenario(user)
          iteration.end()
        } catch (error) {
          iteration.fail(error)
        }
        user.iteration++
        if (this.#turns.due(iteration.endedAt)) {
          await this.#turns.take()
          refusePile(user.underWay, this.#shared === undefined ? 1 : this.#plan.users)
        }
      }
    } catch (error) {
      this.#end(error instanceof Error ? error : new Error(String(error)))
    } finally {
      this.phases.user(-1)
      this.endedAt = clock.now()
      await user.leave()
    }
  }

  #createUser(number: number): VirtualUser {
    const { clock } = this.#environment
    const { connection, timeouts } = this.#plan
    const options = {
      recording: this.phases.recording,
      clock,
      inFlight: this.#inFlight,
      connection,
      timeouts,
      ...(this.#shared !== undefined && { connections: this.#shared }),
    }
    return new VirtualUser(number, this.#environment, options, this.#cut.signal, this.#seed)
  }

  #takeIteration(): boolean {
    if (this.#stopping.signal.aborted || this.#iterationsLeft === 0) return false
    this.#iterationsLeft--
    return true
  }

  /** Resolves a moment after the cut, for scenarios that do not end even then. */
  #leftBehind(): Promise<void> {
    const { clock } = this.#environment
    return new Promise((resolve) => {
      const wait = (): void => {
        this.#timers.push(clock.setTimeout(resolve, LAST_WAIT))
      }
      this.#cut.signal.addEventListener('abort', wait, { once: true })
    })
  }
}
