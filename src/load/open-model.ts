import { shareOf, WHOLE, type Share } from '../data/share.ts'
import type { Ms } from '../units/units.ts'
import { ArrivalPacer } from './arrival-pacer.ts'
import { arrivalsOf, durationOf, everyOf, peakOf } from './arrival-schedule.ts'
import { connectAhead } from './connect-ahead.ts'
import { timedPhasesOf, type Phase } from './course.ts'
import type { LoadEnvironment } from './environment.ts'
import type { Behaviour, Behaviours } from './behaviour.ts'
import { Iteration } from './iteration.ts'
import { LoadControl } from './load-control.ts'
import type { OpenEnd } from './open-end.ts'
import type { OpenPlan } from './open-options.ts'
import { Phases } from './phases.ts'
import { refusePile } from './unawaited.ts'
import type { VirtualUser } from './virtual-user.ts'

/**
 * Up to this rate the last part of a millisecond is waited for without a timer. That costs about 0.3 ms
 * of a core for each arrival, and at 200/s more than a generator should burn that has nothing to do.
 */
const SPIN_BELOW = 100

interface Place {
  readonly user: VirtualUser
  readonly behaviour: Behaviour
  readonly iteration: Iteration
}

/**
 * Runs an open load: each arrival takes an idle user, whatever the others are at. When none is idle
 * and there may not be more of them, it is dropped. Open iterations get the graceful stop.
 */
export class OpenModel {
  readonly control: LoadControl
  /** When the last iteration ended; what users do to tidy up comes after it. */
  endedAt: Ms
  readonly #plan: OpenPlan
  readonly #behaviours: Behaviours
  readonly #environment: LoadEnvironment
  readonly #seed: number
  readonly #places: Place[] = []
  /** The one that was busy last is taken first: few connections, none of which gets cold. */
  readonly #idle: Place[] = []
  readonly #phases: readonly Phase[]
  readonly #openEnd: OpenEnd | undefined
  readonly #drained = Promise.withResolvers<void>()
  readonly #share: Share
  #phase = 0
  #busy = 0
  /** Of all generators, counted from 0. */
  #arrival: number
  #leaving: Promise<unknown> | undefined

  constructor(plan: OpenPlan, behaviours: Behaviours, environment: LoadEnvironment, seed: number) {
    const { clock } = environment
    this.#phases = timedPhasesOf(plan)
    this.#openEnd = environment.openEnd
    this.#share = environment.joint?.share ?? WHOLE
    this.#arrival = this.#share.index
    this.#plan = plan
    this.#behaviours = behaviours
    this.#environment = environment
    this.#seed = seed
    const listener = environment.operations
    const phases = new Phases((this.#phases[0] as Phase).name, clock.now(), {
      open: true,
      listener,
    })
    this.control = new LoadControl(plan, environment, seed, phases)
    this.endedAt = this.control.startedAt
  }

  /** Resolves when every user has left. @throws what a misuse inside the scenario threw */
  async run(): Promise<void> {
    try {
      await this.control.run(() => this.#run())
    } finally {
      // When a scenario that ignores its abort was left behind, nobody has left yet.
      await this.#leave()
    }
  }

  async #run(): Promise<void> {
    const { control } = this
    await this.#prepare()
    const { joint } = this.#environment
    this.endedAt = joint === undefined ? control.begin() : await joint.begin(control)
    await this.#arrivals()
    const end = this.#end
    this.#enterUntil(end)
    control.stop('complete', control.startedAt + end)
    this.endedAt = this.#environment.clock.now()
    if (this.#busy > 0) await this.#drained.promise
    await this.#leave()
  }

  /** Makes and connects users: connections opened in mid-run make starts late, which takes more users. */
  async #prepare(): Promise<void> {
    const { preAllocated, connection, timeouts } = this.#plan
    const length = shareOf(preAllocated, this.#share)
    const made = Array.from({ length }, () => this.#makePlace())
    this.#idle.push(...made.toReversed())
    if (connection === 'perRequest') return
    const connections = made.map(({ user }) => user.caller.connections)
    await connectAhead(connections, this.#environment, timeouts.connect, this.control.stopping)
  }

  #arrivals(): Promise<void> {
    const { clock } = this.#environment
    const { control } = this
    const openEnd = this.#openEnd
    for (const { from } of this.#phases.slice(1)) control.at(from, () => this.#enterUntil(from))
    const pacer = new ArrivalPacer(everyOf(arrivalsOf(this.#plan, this.#seed), this.#share), {
      clock,
      startedAt: control.startedAt,
      end: () => this.#end,
      ...(openEnd !== undefined && { more: () => openEnd.more(control) }),
      spin: peakOf(this.#plan.stretches) <= SPIN_BELOW,
    })
    const arrived = pacer.run((at) => this.#arrive(at), control.stopping)
    openEnd?.begin(control, () => pacer.wake())
    return arrived
  }

  get #end(): Ms {
    return this.#openEnd?.end ?? durationOf(this.#plan.stretches)
  }

  /** An arrival belongs to the phase that its time lies in, however late timers are. */
  #enterUntil(time: Ms): void {
    for (;;) {
      const next = this.#phases[this.#phase + 1]
      if (next === undefined || next.from > time) return
      this.#phase++
      this.control.enter(next.name, this.control.startedAt + next.from)
    }
  }

  #arrive(at: Ms): void {
    this.#enterUntil(at)
    const { phases, startedAt } = this.control
    const { arrivals } = phases.recording.current
    const arrival = this.#arrival
    this.#arrival += this.#share.of
    const place = this.#idle.pop() ?? (this.#mayGrow() ? this.#makePlace() : undefined)
    if (place === undefined) return arrivals?.dropped()
    place.user.arrives(arrival)
    place.iteration.begin(startedAt + at)
    arrivals?.started(place.iteration.lag)
    void this.#serve(place)
  }

  /** Of calls that one user leaves under way. */
  get #most(): number {
    return this.control.shared === undefined ? 1 : this.#plan.maxUsers
  }

  #mayGrow(): boolean {
    return this.#places.length < shareOf(this.#plan.maxUsers, this.#share)
  }

  #makePlace(): Place {
    const { index, of } = this.#share
    const user = this.control.createUser(index + of * this.#places.length)
    const { recording } = this.control.phases
    const iteration = new Iteration(user, recording, this.#environment.clock)
    const place = { user, behaviour: this.#behaviours(user), iteration }
    this.#places.push(place)
    return place
  }

  async #serve(place: Place): Promise<void> {
    const { user, behaviour, iteration } = place
    this.#count(1)
    try {
      // An arrival that comes upon a user who has yet to start waits for that, as it would in life.
      if (!behaviour.ready) await behaviour.start()
      await behaviour.iterate()
      iteration.end()
    } catch (error) {
      this.#orEnd(() => iteration.fail(error))
    }
    this.#count(-1)
    this.endedAt = iteration.endedAt
    user.iteration++
    this.#idle.push(place)
    this.#orEnd(() => refusePile(user.underWay, this.#most))
    if (this.#busy === 0 && this.control.stopping.aborted) this.#drained.resolve()
  }

  #count(change: 1 | -1): void {
    this.#busy += change
    this.control.phases.user(change)
  }

  /** A misuse ends the load. */
  #orEnd(act: () => void): void {
    try {
      act()
    } catch (misuse) {
      this.control.end(misuse)
    }
  }

  #leave(): Promise<unknown> {
    return (this.#leaving ??= Promise.all(
      this.#places.map(({ user, behaviour }) => user.leave(behaviour.stop)),
    ))
  }
}
