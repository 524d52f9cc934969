import type { Ms } from '../units/units.ts'
import { lengthOf, phasesOf, timedPhasesOf, type Phase } from './course.ts'
import type { LoadPlan } from './options.ts'

/** Where a part of a load begins: a phase, or a stage of one. */
interface Part {
  /** `steady`, `stage 2 of 4` */
  readonly name: string
  readonly from: Ms
  readonly stage?: true
}

/**
 * When the phases of a load begin and when it ends, by what is known now. Times count from its start, and
 * whoever leaves a part out moves all that comes after it.
 */
export class Timetable {
  #phases: readonly Phase[]
  #parts: readonly Part[]
  #end: Ms | undefined
  #downAt: Ms
  #entered = 0

  constructor(plan: LoadPlan) {
    this.#phases = timedPhasesOf(plan)
    this.#parts = partsOf(plan)
    this.#end = lengthOf(plan)
    this.#downAt = (this.#end ?? Infinity) - plan.rampDown
  }

  /** Those that begin by the clock. */
  get phases(): readonly Phase[] {
    return this.#phases
  }

  /** `undefined` when iterations end the load. */
  get end(): Ms | undefined {
    return this.#end
  }

  /** When the ramp-down begins, or would. */
  get downAt(): Ms {
    return this.#downAt
  }

  /** The phases that have begun by a time and were not given before. */
  *due(time: Ms): Generator<Phase> {
    for (;;) {
      const next = this.#phases[this.#entered + 1]
      if (next === undefined || next.from > time) return
      this.#entered++
      yield next
    }
  }

  /** Forgets the stages: there is one from now on. */
  level(): void {
    this.#parts = this.#parts.filter(({ stage }) => stage !== true)
  }

  /** Leaves out the rest of the part that runs. `undefined` when none comes after it. */
  skip(at: Ms): { readonly to: Ms; readonly name: string } | undefined {
    const next = this.#parts.find(({ from }) => from > at)
    if (next === undefined) return undefined
    const { from: to, name } = next
    const moved = (time: Ms): Ms => (time >= to ? at + (time - to) : time)
    const earlier = <T extends Part>(all: readonly T[]): readonly T[] =>
      all.map((each) => ({ ...each, from: moved(each.from) }))
    this.#phases = earlier(this.#phases)
    this.#parts = earlier(this.#parts)
    this.#end = this.#end === undefined ? undefined : moved(this.#end)
    this.#downAt = moved(this.#downAt)
    return { to, name }
  }
}

function partsOf(plan: LoadPlan): readonly Part[] {
  const phases = phasesOf({ ...plan, judge: 'steady' })
  const steady = phases.find(({ name }) => name === 'steady')?.from ?? 0
  return [...phases, ...stagesOf(plan, steady)].toSorted((left, right) => left.from - right.from)
}

/** The stages after the first; a step in no time belongs to the one that follows it. */
function stagesOf(plan: LoadPlan, start: Ms): readonly Part[] {
  const stages = (plan.model === 'closed' ? (plan.stages ?? []) : plan.steady).filter(
    ({ duration }) => duration > 0,
  )
  let from = start
  return stages.slice(0, -1).map(({ duration }, at) => {
    from += duration
    return { name: `stage ${at + 2} of ${stages.length}`, from, stage: true }
  })
}
