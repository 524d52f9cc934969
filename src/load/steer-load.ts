import { randomUUID } from 'node:crypto'
import type { Clock } from '../clock/clock.ts'
import { formatNumber, formatRate } from '../units/format.ts'
import type { Ms } from '../units/units.ts'
import { peakOf } from './arrival-schedule.ts'
import { lengthOf } from './course.ts'
import type { LoadControl } from './load-control.ts'
import type { OpenEnd } from './open-end.ts'
import type { LoadPlan } from './options.ts'
import { refuse, refuseCommand } from './refuse-command.ts'
import type {
  Steered,
  Steerer,
  SteerableLoad,
  SteerAnswer,
  SteerCommand,
  SteerTarget,
} from './steering.ts'
import { after, heldFrom, isLevel, leftOut, valueAt, type Stretch } from './stretches.ts'
import type { Timetable } from './timetable.ts'
import { CUT_OFF, STOPPED } from './was-steered.ts'

/** What a model lets be done to it while it runs. */
interface Steerable {
  readonly control: LoadControl
  readonly timetable: Timetable
  /** What is asked of it, users or a rate, from its start to its end. */
  readonly line: readonly Stretch[]
  follow(line: readonly Stretch[]): void
  /** @throws UsageError when so much cannot be asked of it */
  allow(value: number): void
  /** To be called when the timetable has changed. */
  moved(): void
}

interface SteeringOptions {
  readonly title: string
  readonly plan: LoadPlan
  readonly model: Steerable
  readonly clock: Clock
  readonly openEnd?: OpenEnd | undefined
  /** Why it can be stopped only. */
  readonly onlyStop?: string | undefined
  /** What was done to it by hand before it began. */
  readonly before?: readonly Steered[] | undefined
}

const STEPS = 'it climbs in steps, by its limits'

const USERS = ['users', (value: number) => formatNumber(Math.ceil(value))] as const
const RATE = ['rate', formatRate] as const

/** One load in the hands of whoever watches it. What is done to it is noted, and never throws. */
export class Steering implements Steerer {
  readonly #options: SteeringOptions
  readonly #done: Steered[]
  readonly #id = randomUUID()
  #changed: () => void = () => {}

  constructor(options: SteeringOptions) {
    this.#options = options
    this.#done = [...(options.before ?? [])]
  }

  /** What was done so far, in order. */
  get done(): readonly Steered[] {
    return this.#done
  }

  /** Calls after each thing that was done. */
  onChange(changed: () => void): void {
    this.#changed = changed
  }

  /** What is asked of the load now. */
  get asked(): SteerTarget {
    return this.#targetOf(valueAt(this.#options.model.line, this.#at))
  }

  /** The load as those know it who may steer it. */
  describe(): SteerableLoad {
    const { title, plan, model } = this.#options
    const onlyStop = this.#onlyStop
    return {
      id: this.#id,
      title,
      model: plan.model,
      planned: this.#targetOf(plan.model === 'closed' ? plan.users : peakOf(plan.stretches)),
      phases: model.timetable.phases,
      length: lengthOf(plan),
      ...(onlyStop !== undefined && { onlyStop }),
    }
  }

  /** Does it, or says why not. */
  steer(command: SteerCommand): SteerAnswer {
    try {
      const said = this.#steer(command)
      return { ok: true, said }
    } catch (error) {
      return { ok: false, message: error instanceof Error ? error.message : String(error) }
    }
  }

  #steer(command: SteerCommand): string {
    const { plan, model } = this.#options
    if (command.kind === 'stop') return this.#stop(command.force === true)
    refuseCommand(command, { plan, control: model.control, onlyStop: this.#onlyStop })
    switch (command.kind) {
      case 'users':
        return this.#hold(command.users, command.perSecond ?? this.#spawnRate)
      case 'rate':
        return this.#hold(command.perSecond, Infinity)
      case 'next-phase':
        return this.#skip()
      default:
        return command satisfies never
    }
  }

  /** The value is held from now on: stages that were to come no longer apply. */
  #hold(value: number, perSecond: number): string {
    const { model, plan, openEnd } = this.#options
    const at = this.#at
    const { line, timetable } = model
    const { downAt } = timetable
    const now = valueAt(line, at)
    const [what, figure] = plan.model === 'closed' ? USERS : RATE
    if (isLevel(after(line, at), value, downAt - at)) return `${what} ${figure(value)} already`
    model.allow(value)
    const held = {
      value,
      over: (Math.abs(value - now) / perSecond) * 1_000,
      // Where the end is found as it goes, nobody knows when it is.
      until: openEnd === undefined ? downAt : Infinity,
      down: plan.rampDown,
    }
    model.follow(heldFrom(line, at, held))
    timetable.level()
    return this.#note(`${what} ${figure(now)} → ${figure(value)}`)
  }

  #skip(): string {
    const { model, openEnd } = this.#options
    const { timetable, control } = model
    if (openEnd?.isLooking === true) {
      if (openEnd.enough()) return this.#note('next phase: steady')
      refuse('its warm-up is looked for when the ramp-up is over: wait for that')
    }
    const at = this.#at
    const skipped = timetable.skip(at)
    if (skipped === undefined) return this.#stop(false)
    const before = control.phases.current
    model.follow(leftOut(model.line, at, skipped.to))
    openEnd?.earlier(skipped.to - at)
    model.moved()
    const name = control.phases.current === before ? skipped.name : control.phases.current
    return this.#note(`next phase: ${name}`)
  }

  #stop(force: boolean): string {
    const { control } = this.#options.model
    const ending = control.stopping.aborted
    if (ending && (!force || control.cut.signal.aborted)) refuse('it is ending already')
    const said = this.#note(force ? CUT_OFF : STOPPED)
    if (force) control.halt('stopped', said)
    else control.stopFor(said)
    return said
  }

  #note(text: string): string {
    this.#done.push({ at: this.#at, text })
    this.#changed()
    return text
  }

  get #at(): Ms {
    const { clock, model } = this.#options
    return clock.now() - model.control.startedAt
  }

  get #onlyStop(): string | undefined {
    const { plan, onlyStop } = this.#options
    return onlyStop ?? (plan.model === 'closed' && plan.steps !== undefined ? STEPS : undefined)
  }

  /** As in its ramp-up; at once where there is none. */
  get #spawnRate(): number {
    const { plan } = this.#options
    if (plan.model === 'open' || plan.rampUp === 0) return Infinity
    return (plan.users / plan.rampUp) * 1_000
  }

  #targetOf(value: number): SteerTarget {
    const { model } = this.#options.plan
    return model === 'closed' ? { users: Math.ceil(value) } : { perSecond: value }
  }
}
