import type { Ms } from '../units/units.ts'
import { EMPTY_HISTOGRAM } from '../stats/histogram.ts'
import { joinOperations } from './join-operations.ts'
import type { OperationSummary } from './summary.ts'
import type { Window } from './timeline.ts'

/** A stretch of recording: how long it was, and the windows that all its operations share. */
export interface Stretch {
  readonly duration: Ms
  readonly timeline: readonly Window[]
}

/**
 * One operation in several stretches that came one after the other. Counts and times add up; what is a second
 * is divided by all of the time. A stretch in which it did not occur is quiet time.
 *
 * @param parts one for each stretch
 */
export function joinInTurn<K extends OperationSummary['kind']>(
  kind: K,
  name: string,
  stretches: readonly Stretch[],
  parts: readonly (OperationSummary | undefined)[],
): OperationSummary & { readonly kind: K } {
  const duration = stretches.reduce((sum, each) => sum + each.duration, 0)
  const known = parts.filter((part) => part !== undefined)
  const joined = joinOperations(name, known)
  const perSecond = (rate: (part: OperationSummary) => number | undefined): number | undefined =>
    duration === 0
      ? undefined
      : parts.reduce(
          (sum, part, at) =>
            sum + ((part && rate(part)) ?? 0) * ((stretches[at]?.duration ?? 0) / duration),
          0,
        )
  return {
    ...joined,
    kind,
    throughput: {
      mean: joined.count === 0 ? undefined : perSecond((part) => part.throughput.mean),
    },
    tokens: joined.tokens && {
      ...joined.tokens,
      perSecond: perSecond((part) => part.tokens?.perSecond),
    },
    timeline: inTurn(
      stretches.map(({ timeline }, at) => parts[at]?.timeline ?? timeline.map(quiet)),
    ),
  }
}

const quiet = ({ at, width, users }: Window): Window => ({
  at,
  width,
  users,
  ok: 0,
  failed: 0,
  aborted: 0,
  latency: EMPTY_HISTOGRAM,
})

/** Windows of one course after those of another. */
export function inTurn<W extends { readonly at: Ms; readonly width: Ms }>(
  courses: readonly (readonly W[])[],
): readonly W[] {
  let from = 0
  return courses.flatMap((course) => {
    const shifted = course.map((window) => ({ ...window, at: from + window.at }))
    const last = shifted.at(-1)
    from = last === undefined ? from : last.at + last.width
    return shifted
  })
}
