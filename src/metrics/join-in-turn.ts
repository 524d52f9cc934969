import type { Ms } from '../units/units.ts'
import { EMPTY_HISTOGRAM } from '../stats/histogram.ts'
import { inCourse } from './distribution.ts'
import { joinOperations } from './join-operations.ts'
import { joinJointTimes, later } from './joint-times.ts'
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
  const timelines = stretches.map(({ timeline }, at) => parts[at]?.timeline ?? timeline.map(quiet))
  const starts = startsOf(timelines)
  const timeline = inTurn(timelines)
  const courses = Object.fromEntries(
    COURSES.map((time) => [time, inCourse(joined[time], timeline)] as const),
  ) as Pick<OperationSummary, (typeof COURSES)[number]>
  return {
    ...joined,
    ...courses,
    joint: joinJointTimes(
      parts.map((part, at) => part?.joint && later(part.joint, (starts[at] ?? 0) / 1_000)),
    ),
    kind,
    throughput: {
      mean: joined.count === 0 ? undefined : perSecond((part) => part.throughput.mean),
    },
    tokens: joined.tokens && {
      ...joined.tokens,
      perSecond: perSecond((part) => part.tokens?.perSecond),
    },
    timeline,
  }
}

/** The times that have a course. */
const COURSES = [
  ...(['latency', 'ttfb', 'ttft', 'ttfo', 'ttst', 'ttct'] as const),
  ...(['gap', 'tpot', 'stopLatency'] as const),
]

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
  const starts = startsOf(courses)
  return courses.flatMap((course, at) =>
    course.map((window) => ({ ...window, at: (starts[at] ?? 0) + window.at })),
  )
}

/** When each course begins that follows the one before it. */
function startsOf(courses: readonly (readonly FlowTimes[])[]): readonly Ms[] {
  let from = 0
  return courses.map((course) => {
    const start = from
    const last = course.at(-1)
    if (last !== undefined) from += last.at + last.width
    return start
  })
}

interface FlowTimes {
  readonly at: Ms
  readonly width: Ms
}
