import type { Limits } from '../limits/grammar.ts'
import type { Ms } from '../units/units.ts'
import type { CommonPlan, OptionReader } from './option-reader.ts'

/** Where a warm-up cannot be found. */
export const NOT_FOUND = {
  stages: "that is found goes before one load, and stages are several: say how long, '10s'",
  iterations: "that is found goes before a judged time: with iterations say how long, '10s'",
  rampDown: "that is found has no place with a rampDown, whose time is set: say how long, '10s'",
  all: "that is found would be judged, too, with judge: 'all': leave one of them out",
}

/** Refuses to look for a warm-up where it would not be known what comes after it, or when. */
export function refuseFound(
  reader: OptionReader,
  {
    warmUpFound,
    judge,
    duration,
    rampDown,
  }: CommonPlan & { readonly duration: Ms | undefined; readonly rampDown: Ms },
): void {
  if (!warmUpFound) return
  if (duration === undefined) reader.refuse('warmUp', NOT_FOUND.iterations)
  else if (judge === 'all') reader.refuse('warmUp', NOT_FOUND.all)
  else if (rampDown > 0) reader.refuse('warmUp', NOT_FOUND.rampDown)
}

/** The longest judged time of a load that its limits may keep going. */
export function mostOf(
  reader: OptionReader,
  { duration, limits }: { readonly duration: Ms; readonly limits: Limits | undefined },
  misplaced: string,
): { readonly most?: Ms } {
  if (!reader.has('maxDuration')) return {}
  const most = reader.duration('maxDuration', duration)
  // A mistake in the limits is told by itself.
  if (limits === undefined && !reader.has('limits')) reader.refuse('maxDuration', misplaced)
  else if (most < duration) {
    reader.refuse('maxDuration', 'is shorter than duration, which the limits may make longer')
  }
  return { most }
}
