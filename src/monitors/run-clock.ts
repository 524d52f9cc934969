import type { Ms } from '../units/units.ts'
import type { SeriesPoint } from './bounded-series.ts'
import type { MonitorSummary } from './watched-figures.ts'

/**
 * What a monitor saw by another clock, one that began `later` than the monitor: what was seen before that
 * is at negative times.
 */
export function byClockThatBegan(later: Ms, summary: MonitorSummary): MonitorSummary {
  const { memory, pss, cpu, descriptors, threads, heap, loop, values } = summary
  const moved = <T extends Course>(course: T): T => ({
    ...course,
    series: course.series.map(({ at, value }) => ({ at: at - later, value })),
    ...(course.restarts !== undefined && {
      restarts: course.restarts.map(({ at, pid }) => ({ at: at - later, pid })),
    }),
  })
  return {
    memory: moved(memory),
    pss: moved(pss),
    cpu: moved(cpu),
    descriptors: moved(descriptors),
    threads: moved(threads),
    heap: moved(heap),
    loop: { delay: moved(loop.delay), busy: moved(loop.busy) },
    values: Object.fromEntries(Object.entries(values).map(([name, each]) => [name, moved(each)])),
  }
}

interface Course {
  readonly series: readonly SeriesPoint[]
  readonly restarts?: readonly { readonly at: Ms; readonly pid: number }[]
}
