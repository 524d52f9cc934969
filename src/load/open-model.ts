import { WHOLE } from '../data/share.ts'
import type { Ms } from '../units/units.ts'
import { ArrivalPacer } from './arrival-pacer.ts'
import { ArrivalTimes, peakOf, type RateStretch } from './arrival-schedule.ts'
import type { LoadEnvironment } from './environment.ts'
import type { Behaviours } from './behaviour.ts'
import { LoadControl } from './load-control.ts'
import type { OpenEnd } from './open-end.ts'
import { usualUsers, type OpenPlan } from './open-options.ts'
import { Phases } from './phases.ts'
import { Places } from './places.ts'
import { after } from './stretches.ts'
import { Timetable } from './timetable.ts'

/**
 * Runs an open load: each arrival takes an idle user, whatever the others are at. When none is idle
 * and there may not be more of them, it is dropped. Open iterations get the graceful stop.
 */
export class OpenModel {
  readonly control: LoadControl
  readonly timetable: Timetable
  readonly #plan: OpenPlan
  readonly #behaviours: Behaviours
  readonly #environment: LoadEnvironment
  readonly #seed: number
  readonly #places: Places
  readonly #openEnd: OpenEnd | undefined
  #line: readonly RateStretch[]
  #pacer: ArrivalPacer | undefined

  constructor(plan: OpenPlan, behaviours: Behaviours, environment: LoadEnvironment, seed: number) {
    const { clock } = environment
    this.timetable = new Timetable(plan)
    this.#line = plan.stretches
    this.#openEnd = environment.openEnd
    this.#plan = plan
    this.#behaviours = behaviours
    this.#environment = environment
    this.#seed = seed
    const first = this.timetable.phases[0]?.name ?? 'steady'
    const listener = environment.operations
    const phases = new Phases(first, clock.now(), { open: true, listener })
    this.control = new LoadControl(plan, environment, seed, phases)
    const { control } = this
    this.#places = new Places({ control, behaviours, environment, most: plan.maxUsers })
    this.#places.endedAt = control.startedAt
  }

  /** When the last iteration ended; what users do to tidy up comes after it. */
  get endedAt(): Ms {
    return this.#places.endedAt
  }

  /** Iterations that start in a second, from the start of the load to its end. */
  get line(): readonly RateStretch[] {
    return this.#line
  }

  /** Users that it may have, those of other generators among them. */
  get most(): number {
    return this.#places.most
  }

  /** From now on arrivals come as another line says, with as many more users as these usually need. */
  follow(line: readonly RateStretch[]): void {
    const at = this.#environment.clock.now() - this.control.startedAt
    this.#places.most = this.#needed(peakOf(after(line, at)))
    this.#line = line
    this.#pacer?.follow(line, at)
  }

  /** @throws UsageError when there cannot be as many users as a rate needs */
  allow(rate: number): void {
    this.#behaviours.allow?.(this.#needed(rate))
  }

  /** What is to come has moved: the phases follow, and the end. */
  moved(): void {
    this.#enterUntil(this.#environment.clock.now() - this.control.startedAt)
    this.#schedule()
    this.#pacer?.wake()
  }

  /** A test that allows fewer users than are usual means it, whatever the rate. */
  #needed(rate: number): number {
    const { maxUsers, steady } = this.#plan
    return maxUsers < usualUsers(peakOf(steady)) ? maxUsers : Math.max(this.most, usualUsers(rate))
  }

  /** Resolves when every user has left. @throws what a misuse inside the scenario threw */
  async run(): Promise<void> {
    try {
      await this.control.run(() => this.#run())
    } finally {
      // When a scenario that ignores its abort was left behind, nobody has left yet.
      await this.#places.leave()
    }
  }

  async #run(): Promise<void> {
    const { control } = this
    const { preAllocated, connection, timeouts } = this.#plan
    const places = this.#places
    await places.prepare(preAllocated, connection === 'perRequest' ? undefined : timeouts.connect)
    const { joint } = this.#environment
    places.endedAt = joint === undefined ? control.begin() : await joint.begin(control)
    await this.#arrivals()
    const end = this.#end
    this.#enterUntil(end)
    control.stop('complete', control.startedAt + end)
    places.endedAt = this.#environment.clock.now()
    await places.drained()
    await places.leave()
  }

  #arrivals(): Promise<void> {
    const { clock } = this.#environment
    const { control } = this
    const openEnd = this.#openEnd
    const times = this.#times()
    const pacer = new ArrivalPacer(times, {
      clock,
      startedAt: control.startedAt,
      end: () => this.#end,
      ...(openEnd !== undefined && { more: () => openEnd.more(control) }),
      line: this.#line,
    })
    this.#pacer = pacer
    this.#schedule()
    const arrived = pacer.run((at) => this.#arrive(at, times.number), control.stopping)
    openEnd?.begin(control, () => pacer.wake())
    return arrived
  }

  /** Of the line by now: it may have been changed before the first came. */
  #times(): ArrivalTimes {
    const { arrivals } = this.#plan
    const share = this.#environment.joint?.share ?? WHOLE
    return new ArrivalTimes({ stretches: this.#line, arrivals }, this.#seed, share)
  }

  #schedule(): void {
    const { control, timetable } = this
    for (const { from } of timetable.phases) control.at(from, () => this.#enterUntil(from))
  }

  get #end(): Ms {
    return this.#openEnd?.end ?? this.timetable.end ?? 0
  }

  /** An arrival belongs to the phase that its time lies in, however late timers are. */
  #enterUntil(time: Ms): void {
    for (const { name, from } of this.timetable.due(time)) {
      this.control.enter(name, this.control.startedAt + from)
    }
  }

  #arrive(at: Ms, number: number): void {
    this.#enterUntil(at)
    this.#places.arrive(this.control.startedAt + at, number)
  }
}
