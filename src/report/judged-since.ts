import type { RunData } from '../load/load-run.ts'
import { phasesOf } from '../load/course.ts'
import type { Ms } from '../units/units.ts'

/**
 * Wall clock at which the judged time of a load began, in ms since 1970. An older file does not say when
 * phases began: then it is reckoned by the plan.
 */
export function judgedSince({
  startedAt,
  shape,
  phases,
}: Pick<RunData, 'startedAt' | 'shape' | 'phases'>): Ms {
  const started = Date.parse(startedAt)
  const first = phases[0]?.from
  // The run's clock is 0 where the judged time begins.
  if (first !== undefined) return started - Math.min(0, first)
  const { rampUp, warmUp, duration, rampDown = 0, judge = 'steady' } = shape
  const planned = phasesOf({ rampUp, warmUp, duration, rampDown, judge })
  return started + (planned.find(({ name }) => name === 'steady')?.from ?? 0)
}
