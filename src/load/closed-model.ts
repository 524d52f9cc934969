import { once } from 'node:events'
import { isOf, shareOf, WHOLE, type Share } from '../data/share.ts'
import type { Ms } from '../units/units.ts'
import type { ClosedPlan } from './closed-options.ts'
import { lengthOf } from './course.ts'
import type { LoadEnvironment } from './environment.ts'
import type { Behaviours } from './behaviour.ts'
import { LoadControl } from './load-control.ts'
import type { OpenEnd } from './open-end.ts'
import { Phases } from './phases.ts'
import { Seat, type Room } from './seat.ts'
import { Timetable } from './timetable.ts'
import { Turns } from './turns.ts'
import { peakOfUsers, stintsOf, type UserStretch } from './user-schedule.ts'

/**
 * Runs a closed load: users come and leave on a schedule, each iterates while it is there, open
 * iterations get the graceful stop, and whatever is left is cut off.
 */
export class ClosedModel {
  readonly control: LoadControl
  readonly timetable: Timetable
  readonly #plan: ClosedPlan
  readonly #behaviours: Behaviours
  readonly #environment: LoadEnvironment
  readonly #openEnd: OpenEnd | undefined
  /** Of the users and of shared iterations. */
  readonly #share: Share
  readonly #room: Room
  readonly #seats: Seat[] = []
  /** Those whose users are there, or are still to come. */
  readonly #taken = new Map<Seat, Promise<void>>()
  #line: readonly UserStretch[]
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
    this.timetable = new Timetable(plan)
    this.#plan = plan
    this.#line = plan.stretches
    this.#behaviours = behaviours
    this.#environment = environment
    this.#openEnd = environment.openEnd
    this.#share = environment.joint?.share ?? WHOLE
    const first = this.timetable.phases[0]?.name ?? 'steady'
    const phases = new Phases(first, clock.now(), { listener: environment.operations })
    this.control = new LoadControl(plan, environment, seed, phases)
    this.#room = this.#open()
    this.endedAt = this.control.begin()
    this.#iterationsLeft = shareOf(plan.iterations ?? Infinity, this.#share)
  }

  /** How many users are asked for, from the start of the load to its end. */
  get line(): readonly UserStretch[] {
    return this.#line
  }

  /** Resolves when every user has left. @throws what a misuse inside the scenario threw */
  run(): Promise<void> {
    return this.control.run(async () => {
      const { stopping } = this.control
      stopping.addEventListener('abort', () => this.#seats.forEach((seat) => seat.wake()))
      await this.#environment.joint?.begin(this.control)
      this.#schedule()
      this.#openEnd?.begin(this.control, () => this.#endOpenly())
      this.#sit()
      await this.#end()
      while (this.#taken.size > 0) await Promise.all(this.#taken.values())
    })
  }

  /** From now on users come and go as another line says. */
  follow(line: readonly UserStretch[]): void {
    this.#line = line
    this.#sit()
  }

  /** @throws UsageError when there cannot be so many users */
  allow(users: number): void {
    this.#behaviours.allow?.(users)
  }

  /** What is to come has moved: the phases follow, and the end. */
  moved(): void {
    this.#enterUntil(this.#environment.clock.now() - this.control.startedAt)
    this.#schedule()
    if (this.#openEnd !== undefined) this.#endOpenly()
  }

  /** Enters phases and ends when the timetable says so; timers of one before find nothing to do. */
  #schedule(): void {
    const { control, timetable } = this
    for (const { from } of timetable.phases) control.at(from, () => this.#enterUntil(from))
    if (this.#openEnd !== undefined) return
    const { end } = timetable
    if (end !== undefined) control.at(end, () => control.stop('complete'))
    else control.at(this.#plan.maxDuration, () => control.stop('deadline'))
  }

  #enterUntil(time: Ms): void {
    for (const { name } of this.timetable.due(time)) this.control.enter(name)
  }

  /** Ends when nothing is left to be decided. */
  #endOpenly(): void {
    const { control } = this
    const openEnd = this.#openEnd as OpenEnd
    const { end } = openEnd
    control.at(end, () => {
      // It may have come nearer since.
      if (end !== openEnd.end) return
      if (openEnd.more(control)) this.#endOpenly()
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

  /** Tells every seat when to be taken, and has the users come who are to. */
  #sit(): void {
    const all = stintsOf(this.#line)
    while (this.#seats.length < all.length) {
      this.#seats.push(new Seat(this.#seats.length, this.#room))
    }
    for (const [number, seat] of this.#seats.entries()) {
      seat.follow(all[number] ?? [])
      if (!isOf(number, this.#share) || this.#taken.has(seat) || !seat.expected) continue
      this.#taken.set(
        seat,
        seat.run().finally(() => this.#taken.delete(seat)),
      )
    }
  }

  #open(): Room {
    const { clock } = this.#environment
    return {
      plan: this.#plan,
      behaviours: this.#behaviours,
      environment: this.#environment,
      control: this.control,
      turns: new Turns(clock),
      most: () => peakOfUsers(this.#line),
      take: () => this.#takeIteration(),
      left: () => {
        this.endedAt = clock.now()
      },
    }
  }

  #takeIteration(): boolean {
    if (this.control.stopping.aborted || this.#iterationsLeft === 0) return false
    this.#iterationsLeft--
    return true
  }
}
