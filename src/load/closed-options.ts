import { UsageError } from '../errors/usage-error.ts'
import type { Timeouts } from '../clients/timeouts.ts'
import type { DurationInput, Ms, RateInput } from '../units/units.ts'
import { refuseMisplaced } from './misplaced-options.ts'
import type { CommonOptions, CommonPlan, OptionReader } from './option-reader.ts'
import { mostOf, NOT_FOUND, refuseFound } from './open-end-options.ts'
import { peakOfUsers, type UserStretch } from './user-schedule.ts'
import type { StepsLoadOptions, StepsPlan } from './steps-options.ts'
import { toUserStages, type UserStage } from './user-stages.ts'

/** A closed load of one number of users, each starting its next iteration when the last has ended. */
export interface UsersLoadOptions extends CommonOptions {
  /** Virtual users at work at once. */
  readonly users: number
  /** The users start one after the other over this time, which is not judged. Default 0. */
  readonly rampUp?: DurationInput | undefined
  /** The same as a rate: users that start in a second. */
  readonly spawnRate?: RateInput | undefined
  /** The judged time. Either this or iterations. */
  readonly duration?: DurationInput | undefined
  /** The users leave one after the other over this time, after the judged one. Default 0. */
  readonly rampDown?: DurationInput | undefined
  /** Iterations in all, shared by the users; each of them is judged, ramp-up included. */
  readonly iterations?: number | undefined
  /** Iterations of each user; each of them is judged, ramp-up included. */
  readonly iterationsPerUser?: number | undefined
  /**
   * When a load of iterations ends at the latest; default 10 min. The longest judged time of a load that goes on
   * until its limits are decided (`verdict: { onInconclusive: 'extend' }`); default: four times its duration.
   */
  readonly maxDuration?: DurationInput | undefined
}

/** A closed load whose number of users changes; all stages are judged. */
export interface UserStagesOptions extends CommonOptions {
  readonly stages: readonly UserStage[]
  /** What the first stage starts from. Default 0. */
  readonly startUsers?: number | undefined
}

/** A closed load. */
export type ClosedLoadOptions = UsersLoadOptions | UserStagesOptions | StepsLoadOptions

/** A closed load in numbers. */
export interface ClosedPlan extends CommonPlan {
  readonly model: 'closed'
  /** The most at work at once. */
  readonly users: number
  /** The number of users from the start to the end of the ramp-down. */
  readonly stretches: readonly UserStretch[]
  /** Of these the ones that the stages say; `undefined` for one number of users. */
  readonly stages: readonly UserStretch[] | undefined
  /** Of a load that climbs; its stretches hold one of them each. */
  readonly steps?: StepsPlan | undefined
  readonly rampUp: Ms
  readonly rampDown: Ms
  /** The time between the ramps; either this or iterations. */
  readonly duration: Ms | undefined
  readonly iterations: number | undefined
  readonly iterationsPerUser: number | undefined
  readonly maxDuration: Ms
  /** The longest judged time of a load of a duration, where that is said. */
  readonly most?: Ms | undefined
}

const NO_LOAD = "is missing: say users (10), a rate ('50/s'), or stages"
const OF_ITERATIONS = 'bounds a load of iterations; with duration leave it out'
const TEN_MINUTES: Ms = 600_000

/** The plan of a load of one number of users; its mistakes are left with the reader. */
export function planUsers(reader: OptionReader, timeouts: Timeouts): ClosedPlan {
  refuseMisplaced(reader, 'users')
  if (!reader.has('users')) reader.refuse('users', NO_LOAD)
  const users = reader.count('users', 1) ?? 1
  const duration = reader.has('duration') ? reader.duration('duration', 1) : undefined
  const [rampUp, rampDown] = [toRampUp(reader, users), reader.duration('rampDown', 0)]
  const common = reader.common(timeouts)
  const plan: ClosedPlan = {
    model: 'closed',
    users,
    stretches: [
      { from: 0, to: users, duration: rampUp },
      { from: users, to: users, duration: common.warmUp + (duration ?? Infinity) },
      ...(rampDown > 0 ? [{ from: users, to: 0, duration: rampDown }] : []),
    ],
    stages: undefined,
    rampUp,
    rampDown,
    duration,
    iterations: reader.count('iterations', 1),
    iterationsPerUser: reader.count('iterationsPerUser', 1),
    maxDuration: reader.duration('maxDuration', TEN_MINUTES),
    ...common,
    ...(duration !== undefined &&
      mostOf(reader, { duration, limits: common.limits }, OF_ITERATIONS)),
  }
  reader.check(() => refuseContradictions(plan, reader), undefined)
  refuseFound(reader, plan)
  return plan
}

/** The plan of stages of users; its mistakes are left with the reader. */
export function planUserStages(reader: OptionReader, timeouts: Timeouts): ClosedPlan {
  refuseMisplaced(reader, 'stages of users')
  const stages = toUserStages(reader)
  const common = reader.common(timeouts)
  const start = stages[0]?.from ?? 0
  if (start === 0 && common.warmUp > 0) {
    const message =
      'is load before the stages with the users that these start from, and that is none: say startUsers, or leave it out'
    reader.refuse('warmUp', message)
  }
  if (common.warmUpFound) reader.refuse('warmUp', NOT_FOUND.stages)
  return {
    model: 'closed',
    users: Math.max(1, peakOfUsers(stages)),
    stretches: [{ from: start, to: start, duration: common.warmUp }, ...stages],
    stages,
    rampUp: 0,
    rampDown: 0,
    duration: stages.reduce((sum, { duration }) => sum + duration, 0),
    iterations: undefined,
    iterationsPerUser: undefined,
    maxDuration: TEN_MINUTES,
    ...common,
  }
}

function toRampUp(reader: OptionReader, users: number): Ms {
  if (reader.has('spawnRate') && reader.has('rampUp')) {
    reader.refuse('spawnRate', 'says the same as rampUp: leave one of them out')
  }
  const spawnRate = reader.rate('spawnRate')
  if (spawnRate === undefined) return reader.duration('rampUp', 0)
  return reader.check(() => {
    if (spawnRate > 0) return (users / spawnRate) * 1_000
    throw new UsageError(`${reader.path}.spawnRate`, "more than 0, like '10/s'", spawnRate)
  }, 0)
}

/** What ends a load of users; one of them does. */
const ENDS = ['duration', 'iterations', 'iterationsPerUser']

function refuseContradictions(plan: ClosedPlan, reader: OptionReader): void {
  const { options, path } = reader
  const given = ENDS.filter((name) => reader.has(name))
  if (given.length !== 1) {
    const got = given.length === 0 ? 'none of them' : given.join(' and ')
    reader.refuseAll(
      `must have one of duration ('30s'), iterations (200 in all) and iterationsPerUser (20), got ${got}`,
    )
    return
  }
  if (plan.duration === undefined && reader.has('rampDown')) {
    const message = `is how users leave after a duration, and these leave when their ${given[0]} are done: leave it out`
    reader.refuse('rampDown', message)
  }
  if (plan.duration === 0) {
    throw new UsageError(`${path}.duration`, "longer than nothing, like '30s'", options.duration)
  }
}
