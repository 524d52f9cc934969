import type { Ms } from '../units/units.ts'

/**
 * When each user of a closed load starts, in ms from the load's start: evenly over the ramp-up, the
 * first at once, so that user i of n starts at `rampUp · i / n`.
 */
export function userStarts(users: number, rampUp: Ms): readonly Ms[] {
  return Array.from({ length: users }, (_, user) => (rampUp * user) / users)
}

/** One stretch of a load, from `from` on; only `steady` is judged. */
export interface Phase {
  readonly name: 'ramp-up' | 'warm-up' | 'steady'
  readonly from: Ms
}

/** The phases of a load in order; a load of iterations judges every one of them, but for a warm-up. */
export function phasesOf(plan: {
  readonly rampUp: Ms
  readonly warmUp: Ms
  readonly iterations: number | undefined
}): readonly Phase[] {
  const ramp = plan.iterations === undefined ? plan.rampUp : 0
  return [
    ...(ramp > 0 ? [{ name: 'ramp-up', from: 0 } as const] : []),
    ...(plan.warmUp > 0 ? [{ name: 'warm-up', from: ramp } as const] : []),
    { name: 'steady', from: ramp + plan.warmUp },
  ]
}
