import type { Clock, Timer } from '../clock/clock.ts'
import type { Ms } from '../units/units.ts'
import { arrive } from './arrive.ts'
import type { Behaviour, Behaviours } from './behaviour.ts'
import type { ClosedPlan } from './closed-options.ts'
import type { Cut } from './cut.ts'
import type { LoadEnvironment } from './environment.ts'
import { Iteration } from './iteration.ts'
import type { LoadControl } from './load-control.ts'
import type { Turns } from './turns.ts'
import { refusePile } from './unawaited.ts'
import type { Stint } from './user-schedule.ts'
import type { VirtualUser } from './virtual-user.ts'

/** What the users of a closed load have in common. */
export interface Room {
  readonly plan: ClosedPlan
  readonly behaviours: Behaviours
  readonly environment: LoadEnvironment
  readonly control: LoadControl
  readonly turns: Turns
  /** Calls that may be under way of one user, in so many turns. */
  readonly most: () => number
  /** Whether one more iteration may begin; counts it. */
  readonly take: () => boolean
  /** A user has left its work. */
  readonly left: () => void
}

/** Less is what sums are off by. */
const ROUNDING: Ms = 0.001

/** The place of one virtual user, who comes and goes as the stints say; they may change at any time. */
export class Seat {
  readonly #number: number
  readonly #room: Room
  readonly #clock: Clock
  #stints: readonly Stint[] = []
  #user: VirtualUser | undefined
  /** Until when who is at work stays. */
  #until: Ms = 0
  /** Until when the last one stayed: a timer that fires a little early brings nobody back. */
  #stayed: Ms = 0
  #cut: Cut | undefined
  #cutting: Timer | undefined
  #wake: () => void = () => {}

  constructor(number: number, room: Room) {
    this.#number = number
    this.#room = room
    this.#clock = room.environment.clock
  }

  /** When to come and when to go from now on, from the start of the load. */
  follow(stints: readonly Stint[]): void {
    this.#stints = stints
    if (this.#cut !== undefined) this.#stayUntil(this.#stint?.from ?? Infinity)
    this.#wake()
  }

  /** Ends every wait: the load ends. */
  wake(): void {
    this.#wake()
  }

  /** Whether the user has still to come, or to come back. */
  get expected(): boolean {
    return this.#stint !== undefined
  }

  /** Resolves when the user has left, and is not to come back by what is known by then. */
  async run(): Promise<void> {
    const { control } = this.#room
    for (;;) {
      const stint = this.#stint
      if (stint === undefined || control.stopping.aborted) return
      const wait = control.startedAt + stint.from - this.#clock.now()
      if (wait > 0) await this.#nap(wait)
      else if (!(await this.#come())) return
    }
  }

  /** The one that runs, or else the next. */
  get #stint(): Stint | undefined {
    const past = Math.max(this.#clock.now(), this.#stayed) - this.#room.control.startedAt
    return this.#stints.find(({ to }) => to - past > ROUNDING)
  }

  /** Who is at work stays as long as its stint says, and leaves now when it has none. */
  #stayUntil(next: Ms): void {
    const { control, plan } = this.#room
    const now = this.#clock.now()
    const goesOn = control.startedAt + next <= now
    this.#until = goesOn ? control.startedAt + (this.#stint?.to ?? 0) : now
    this.#clock.clearTimeout(this.#cutting)
    if (this.#until === Infinity) return
    const late = this.#until + plan.gracefulStop - now
    this.#cutting = this.#clock.setTimeout(() => this.#cut?.now(), late)
  }

  /** Whether it may come again. */
  async #come(): Promise<boolean> {
    const { control, plan, environment } = this.#room
    const cut = (this.#cut = control.cut.branch())
    const came = control.createUser(this.#number, cut)
    if (this.#user !== undefined) came.continue(this.#user)
    this.#user = came
    this.#stayUntil(0)
    await arrive(came, control.handshakes, plan, environment, control.stopping)
    const late = control.stopping.aborted || this.#clock.now() >= this.#until
    const again = late ? this.#goes() : await this.#work(came)
    if (late) await came.leave()
    this.#clock.clearTimeout(this.#cutting)
    control.cut.done(cut)
    this.#cut = undefined
    return again
  }

  /** A user comes, iterates, and leaves; whether it may come again. */
  async #work(user: VirtualUser): Promise<boolean> {
    const { control, behaviours, left } = this.#room
    const behaviour = behaviours(user)
    control.phases.user(1)
    try {
      return await this.#iterate(user, behaviour)
    } catch (error) {
      control.end(error)
      return false
    } finally {
      control.phases.user(-1)
      left()
      await user.leave(behaviour.stop)
    }
  }

  /**
   * Until the user is to go, or no iteration is left for it (`false`). Nothing of it is a function of its
   * own to await, since it runs once a request.
   */
  async #iterate(user: VirtualUser, behaviour: Behaviour): Promise<boolean> {
    const { control, plan, take, turns, most } = this.#room
    const { iterationsPerUser = Infinity } = plan
    const iteration = new Iteration(user, control.phases.recording, this.#clock)
    while (user.iteration < iterationsPerUser && take()) {
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
      if (iteration.endedAt >= this.#until) return this.#goes()
      const rest = behaviour.rest(iteration.startedAt, iteration.endedAt)
      if (rest > 0) {
        if (await this.#rest(iteration.endedAt, rest)) return true
      } else if (turns.due(iteration.endedAt)) {
        await turns.take()
        refusePile(user.underWay, control.shared === undefined ? 1 : most())
      }
    }
    return false
  }

  /** It may come again, for another stint. */
  #goes(): true {
    this.#stayed = this.#until
    return true
  }

  /** Waits, and notes how late the wait ended. Gives whether the user is to go instead. */
  async #rest(from: Ms, planned: Ms): Promise<boolean> {
    const { phases, stopping } = this.#room.control
    for (;;) {
      const end = Math.min(from + planned, this.#until)
      const left = end - this.#clock.now()
      if (left > 0 && (await this.#nap(left)) === 'changed' && !stopping.aborted) continue
      if (stopping.aborted) return false
      const late = this.#clock.now() - end
      phases.recording.current.sending.woke(Math.max(0, end - from), late)
      return end >= this.#until && this.#goes()
    }
  }

  /** Waits so long, or until something has changed. */
  #nap(time: Ms): Promise<'over' | 'changed'> {
    return new Promise((resolve) => {
      const timer = this.#clock.setTimeout(() => resolve('over'), time)
      this.#wake = () => {
        this.#clock.clearTimeout(timer)
        resolve('changed')
      }
    })
  }
}
