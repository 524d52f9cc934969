import { once } from 'node:events'
import { sleep } from '../clock/sleep.ts'
import { isOf, shareOf, WHOLE, type Share } from '../data/share.ts'
import type { Ms } from '../units/units.ts'
import type { ClosedPlan } from './closed-options.ts'
import { arrive } from './arrive.ts'
import { lengthOf, timedPhasesOf } from './course.ts'
import type { LoadEnvironment } from './environment.ts'
import type { Behaviour, Behaviours } from './behaviour.ts'
import { Iteration } from './iteration.ts'
import { LoadControl } from './load-control.ts'
import type { OpenEnd } from './open-end.ts'
import { Phases } from './phases.ts'
import { Turns } from './turns.ts'
import { refusePile } from './unawaited.ts'
import { stintsOf, type Stint } from './user-schedule.ts'
import type { VirtualUser } from './virtual-user.ts'

/**
 * Runs a closed load: users come and leave on a schedule, each iterates while it is there, open
 * iterations get the graceful stop, and whatever is left is cut off.
 */
export class ClosedModel {
  readonly control: LoadControl
  readonly #plan: ClosedPlan
  readonly #behaviours: Behaviours
  readonly #environment: LoadEnvironment
  readonly #turns: Turns
  readonly #openEnd: OpenEnd | undefined
  /** Of the users and of shared iterations. */
  readonly #share: Share
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
    const first = timedPhasesOf(plan)[0] ?? { name: 'steady' }
    this.#plan = plan
    this.#behaviours = behaviours
    this.#environment = environment
    this.#openEnd = environment.openEnd
    const listener = environment.operations
    const phases = new Phases(first.name, clock.now(), { listener })
    this.control = new LoadControl(plan, environment, seed, phases)
    this.#turns = new Turns(clock)
    this.endedAt = this.control.begin()
    this.#share = environment.joint?.share ?? WHOLE
    this.#iterationsLeft = shareOf(plan.iterations ?? Infinity, this.#share)
  }

  /** Resolves when every user has left. @throws what a misuse inside the scenario threw */
  run(): Promise<void> {
    return this.control.run(() => {
      const { joint } = this.#environment
      return joint === undefined ? this.#work() : joint.begin(this.control).then(() => this.#work())
    })
  }

  #work(): Promise<unknown> {
    this.#schedule()
    const users = stintsOf(this.#plan.stretches).map((stints, user) =>
      isOf(user, this.#share) ? this.#user(user, stints) : undefined,
    )
    return Promise.all([...users, this.#end()])
  }

  #schedule(): void {
    const { control } = this
    const [, ...later] = timedPhasesOf(this.#plan)
    for (const phase of later) control.at(phase.from, () => control.enter(phase.name))
    const openEnd = this.#openEnd
    if (openEnd !== undefined) return openEnd.begin(control, () => this.#endWith(openEnd))
    const length = lengthOf(this.#plan)
    if (length !== undefined) control.at(length, () => control.stop('complete'))
    else control.at(this.#plan.maxDuration, () => control.stop('deadline'))
  }

  /** Ends when nothing is left to be decided. */
  #endWith(openEnd: OpenEnd): void {
    const { control } = this
    control.at(openEnd.end, () => {
      if (openEnd.more(control)) this.#endWith(openEnd)
      else control.stop('complete')
    })
  }

  /** A load of a duration lasts that long, also when its last user has left before. */
  async #end(): Promise<void> {
    const { stopping } = this.control
    if (lengthOf(this.#plan) === undefined) return
    if (!stopping.aborted) await once(stopping, 'abort')
    this.endedAt = Math.max(this.endedAt, this.#environment.clock.now())
  }

  async #user(number: number, stints: readonly Stint[]): Promise<void> {
    const { control } = this
    const { clock } = this.#environment
    let user: VirtualUser | undefined
    for (const { from, to } of stints) {
      const wait = control.startedAt + from - clock.now()
      if (wait > 0) await sleep(clock, wait, control.stopping).catch(() => {})
      if (control.stopping.aborted) return
      const until = control.startedAt + to
      if (clock.now() >= until) continue
      const cut = to === Infinity ? undefined : control.ownCut()
      const came = control.createUser(number, cut)
      if (user !== undefined) came.continue(user)
      user = came
      await arrive(user, control.handshakes, this.#plan, this.#environment, control.stopping)
      if (control.stopping.aborted || clock.now() >= until) {
        await user.leave()
        continue
      }
      const late = until + this.#plan.gracefulStop - clock.now()
      const timer = cut && clock.setTimeout(() => cut.now(), late)
      await this.#stint(user, until)
      clock.clearTimeout(timer)
    }
  }

  /** A user comes, iterates, and leaves. */
  async #stint(user: VirtualUser, until: Ms): Promise<void> {
    const { control } = this
    const behaviour = this.#behaviours(user)
    control.phases.user(1)
    try {
      await this.#iterate(user, behaviour, until)
    } catch (error) {
      control.end(error)
    } finally {
      control.phases.user(-1)
      this.endedAt = this.#environment.clock.now()
      await user.leave(behaviour.stop)
    }
  }

  /** Until the end. Nothing of it is a function of its own to await, since it runs once a request. */
  async #iterate(user: VirtualUser, behaviour: Behaviour, until: Ms): Promise<void> {
    const { phases, shared } = this.control
    const { clock } = this.#environment
    const { iterationsPerUser = Infinity } = this.#plan
    const iteration = new Iteration(user, phases.recording, clock)
    while (user.iteration < iterationsPerUser && this.#takeIteration()) {
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
      const left = until - iteration.endedAt
      const rest = Math.min(behaviour.rest(iteration.startedAt, iteration.endedAt), left)
      if (rest > 0) await this.#rest(iteration.endedAt + rest, rest)
      else if (this.#turns.due(iteration.endedAt)) {
        await this.#turns.take()
        refusePile(user.underWay, shared === undefined ? 1 : this.#plan.users)
      }
      if (rest >= left) return
    }
  }

  /** Waits, unless the load ends, and notes how late the wait ended. */
  async #rest(due: Ms, planned: Ms): Promise<void> {
    const { clock } = this.#environment
    const { phases, stopping } = this.control
    const over = sleep(clock, planned, stopping)
    await over.then(
      () => phases.recording.current.sending.woke(planned, clock.now() - due),
      () => {},
    )
  }

  #takeIteration(): boolean {
    if (this.control.stopping.aborted || this.#iterationsLeft === 0) return false
    this.#iterationsLeft--
    return true
  }
}
