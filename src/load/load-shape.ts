import type { Ms } from '../units/units.ts'
import type { ArrivalKind, RateStretch } from './arrival-schedule.ts'
import type { LoadPlan } from './options.ts'

interface CommonShape {
  /** At work at once; of an open load at most so many. */
  readonly users: number
  readonly rampUp: Ms
  readonly warmUp: Ms
}

/** A closed load as it was asked for. */
export interface ClosedShape extends CommonShape {
  readonly model: 'closed'
  readonly duration: Ms | undefined
  readonly iterations: number | undefined
}

/** An open load as it was asked for. */
export interface OpenShape extends CommonShape {
  readonly model: 'open'
  /** The rates of the judged time, per second. */
  readonly stretches: readonly RateStretch[]
  readonly arrivals: ArrivalKind
  readonly duration: Ms
}

/** The shape of a load as it was asked for, kept with its results. */
export type LoadShape = ClosedShape | OpenShape

export function shapeOf(plan: LoadPlan): LoadShape {
  const { model, rampUp, warmUp } = plan
  switch (model) {
    case 'closed': {
      const { users, duration, iterations } = plan
      return { model, users, rampUp, warmUp, duration, iterations }
    }
    case 'open': {
      const { judged: stretches, arrivals, maxUsers: users, duration } = plan
      return { model, users, stretches, arrivals, rampUp, warmUp, duration }
    }
    default:
      return model satisfies never
  }
}
