import type { Ms } from '../units/units.ts'
import type { ArrivalKind, RateStretch } from './arrival-schedule.ts'
import { judgedTimeOf } from './course.ts'
import type { LoadPlan } from './options.ts'
import type { UserStretch } from './user-schedule.ts'

interface CommonShape {
  /** At work at once; of stages and of an open load at most so many. */
  readonly users: number
  readonly rampUp: Ms
  readonly warmUp: Ms
  /** Absent when there was none. */
  readonly rampDown?: Ms | undefined
  /** Ramp-up, warm-up and ramp-down were judged, too. */
  readonly judge?: 'all' | undefined
}

/** A closed load as it was asked for. */
export interface ClosedShape extends CommonShape {
  readonly model: 'closed'
  readonly duration: Ms | undefined
  /** In all. */
  readonly iterations: number | undefined
  readonly iterationsPerUser?: number | undefined
  /** The numbers of users that stages went through. */
  readonly stages?: readonly UserStretch[] | undefined
}

/** An open load as it was asked for. */
export interface OpenShape extends CommonShape {
  readonly model: 'open'
  /** The rates between ramp-up, warm-up and ramp-down, per second. */
  readonly stretches: readonly RateStretch[]
  readonly arrivals: ArrivalKind
  readonly duration: Ms
}

/** The shape of a load as it was asked for, kept with its results. */
export type LoadShape = ClosedShape | OpenShape

export function shapeOf(plan: LoadPlan): LoadShape {
  const { model, rampUp, warmUp, rampDown, judge } = plan
  const common = {
    rampUp,
    warmUp,
    ...(rampDown > 0 && { rampDown }),
    ...(judge === 'all' && { judge }),
  }
  switch (model) {
    case 'closed': {
      const { users, duration, iterations, iterationsPerUser, stages } = plan
      const given = {
        ...(iterationsPerUser !== undefined && { iterationsPerUser }),
        ...(stages !== undefined && { stages }),
      }
      return { model, users, ...common, duration, iterations, ...given }
    }
    case 'open': {
      const { steady: stretches, arrivals, maxUsers: users, duration } = plan
      return { model, users, stretches, arrivals, ...common, duration }
    }
    default:
      return model satisfies never
  }
}

/** The judged time that was asked for; `undefined` when iterations ended the load. */
export const plannedTimeOf = (shape: LoadShape): Ms | undefined => {
  const { rampUp, warmUp, duration, rampDown = 0, judge = 'steady' } = shape
  return judgedTimeOf({ rampUp, warmUp, duration, rampDown, judge })
}
