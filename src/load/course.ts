import type { Ms } from '../units/units.ts'

/** What of a load is judged: its steady time, or all of it, ramp-up, warm-up and ramp-down included. */
export type Judge = 'steady' | 'all'

/** One stretch of a load, from `from` on; only `steady` is judged. */
export interface Phase {
  readonly name: 'ramp-up' | 'warm-up' | 'steady' | 'ramp-down'
  readonly from: Ms
}

/** The times of a load. */
export interface Course {
  readonly rampUp: Ms
  readonly warmUp: Ms
  /** The judged time between the ramps; `undefined` when iterations end the load. */
  readonly duration: Ms | undefined
  readonly rampDown: Ms
  readonly judge: Judge
}

/** The phases of a load in order; a load of iterations judges every one of them, but for a warm-up. */
export function phasesOf({ rampUp, warmUp, duration, rampDown, judge }: Course): readonly Phase[] {
  if (judge === 'all') return [{ name: 'steady', from: 0 }]
  const ramp = duration === undefined ? 0 : rampUp
  const down = ramp + warmUp + (duration ?? 0)
  return [
    ...(ramp > 0 ? [{ name: 'ramp-up', from: 0 } as const] : []),
    ...(warmUp > 0 ? [{ name: 'warm-up', from: ramp } as const] : []),
    { name: 'steady', from: ramp + warmUp },
    ...(rampDown > 0 ? [{ name: 'ramp-down', from: down } as const] : []),
  ]
}

/** The phases that begin by the clock: one whose warm-up is found enters the judged time when it is. */
export const timedPhasesOf = (
  course: Course & { readonly warmUpFound: boolean },
): readonly Phase[] =>
  phasesOf(course).filter(({ name }) => name !== 'steady' || !course.warmUpFound)

/** How long a load lasts by its plan; `undefined` when iterations end it. */
export const lengthOf = ({ rampUp, warmUp, duration, rampDown }: Course): Ms | undefined =>
  duration === undefined ? undefined : rampUp + warmUp + duration + rampDown

/** The judged time by plan; `undefined` when iterations end it. */
export const judgedTimeOf = (course: Course): Ms | undefined =>
  course.judge === 'all' ? lengthOf(course) : course.duration
