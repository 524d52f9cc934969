import { sleep } from '../clock/sleep.ts'
import type { Ms } from '../units/units.ts'
import type { ClosedPlan } from './closed-options.ts'
import { phasesOf, userStarts } from './closed-schedule.ts'
import type { LoadEnvironment } from './environment.ts'
import type { Behaviour, Behaviours } from './behaviour.ts'
import { Iteration } from './iteration.ts'
import { LoadControl } from './load-control.ts'
import { Phases } from './phases.ts'
import { Turns } from './turns.ts'
import { refusePile } from './unawaited.ts'
import type { VirtualUser } from './virtual-user.ts'

/**
 * Runs a closed load: users start on a schedule, each iterates until the end, open iterations get
 * the graceful stop, and whatever is left is cut off.
 */
export class ClosedModel {
  readonly control: LoadControl
  readonly #plan: ClosedPlan
  readonly #behaviours: Behaviours
  readonly #environment: LoadEnvironment
  readonly #turns: Turns
  /** When the last iteration ended; what users do to tidy up comes after it. */
  endedAt: Ms
  #iterationsLeft: number

  constructor(
    plan: ClosedPlan,
    behaviours: Behaviours,
    environment: LoadEnvironment,
    seed: number,
  ) {
    const { clock } = environment
    const first = phasesOf(plan)[0] ?? { name: 'steady' }
    this.#plan = plan
    this.#behaviours = behaviours
    this.#environment = environment
    const listener = environment.events?.operations
    const phases = new Phases(first.name, clock.now(), { listener })
    this.control = new LoadControl(plan, environment, seed, phases)
    this.#turns = new Turns(clock)
    this.endedAt = this.control.startedAt
    this.#iterationsLeft = plan.iterations ?? Infinity
  }

  /** Resolves when every user has left. @throws what a misuse inside the scenario threw */
  run(): Promise<void> {
    return this.control.run(() => {
      this.#schedule()
      const starts = userStarts(this.#plan.users, this.#plan.rampUp)
      return Promise.all(starts.map((start, user) => this.#user(user, start)))
    })
  }

  #schedule(): void {
    const { control } = this
    const { duration, iterations, maxDuration } = this.#plan
    const [, ...later] = phasesOf(this.#plan)
    for (const phase of later) control.at(phase.from, () => control.enter(phase.name))
    const steady = phasesOf(this.#plan).at(-1)?.from ?? 0
    if (duration !== undefined) control.at(steady + duration, () => control.stop('complete'))
    if (iterations !== undefined) control.at(maxDuration, () => control.stop('deadline'))
  }

  async #user(number: number, start: Ms): Promise<void> {
    const { control } = this
    const { clock } = this.#environment
    const wait = control.startedAt + start - clock.now()
    if (wait > 0) await sleep(clock, wait, control.stopping).catch(() => {})
    if (control.stopping.aborted) return
    const user = control.createUser(number)
    const behaviour = this.#behaviours(user)
    control.phases.user(1)
    try {
      await this.#iterate(user, behaviour)
    } catch (error) {
      control.end(error)
    } finally {
      control.phases.user(-1)
      this.endedAt = clock.now()
      await user.leave(behaviour.stop)
    }
  }

  /** Until the end. Nothing of it is a function of its own to await, since it runs once a request. */
  async #iterate(user: VirtualUser, behaviour: Behaviour): Promise<void> {
    const { phases, shared, stopping } = this.control
    const { clock } = this.#environment
    const iteration = new Iteration(user, phases.recording, clock)
    while (this.#takeIteration()) {
      iteration.begin()
      try {
        if (!behaviour.ready) {
          await behaviour.start()
          iteration.begin()
        }
        await behaviour.iterate()
        iteration.end()
      } catch (error) {
        iteration.fail(error)
      }
      user.iteration++
      const rest = behaviour.rest(iteration.startedAt, iteration.endedAt)
      if (rest > 0) await sleep(clock, rest, stopping).catch(() => {})
      else if (this.#turns.due(iteration.endedAt)) {
        await this.#turns.take()
        refusePile(user.underWay, shared === undefined ? 1 : this.#plan.users)
      }
    }
  }

  #takeIteration(): boolean {
    if (this.control.stopping.aborted || this.#iterationsLeft === 0) return false
    this.#iterationsLeft--
    return true
  }
}
