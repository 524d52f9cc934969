import type { RunData } from '../load/load-run.ts'
import { phasesOf } from '../load/course.ts'
import type { Ms } from '../units/units.ts'

/** Wall clock at which the judged time of a load began, in ms since 1970: its start, ramp-up and warm-up later. */
export function judgedSince({ startedAt, shape }: Pick<RunData, 'startedAt' | 'shape'>): Ms {
  const { rampUp, warmUp, duration, rampDown = 0, judge = 'steady' } = shape
  const phases = phasesOf({ rampUp, warmUp, duration, rampDown, judge })
  const steady = phases.find(({ name }) => name === 'steady')
  return Date.parse(startedAt) + (steady?.from ?? 0)
}
