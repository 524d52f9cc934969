import type { Recorded, RecorderState } from './recorded.ts'
import { countOf, joinSeries, type SeriesData, type SeriesState } from './series-data.ts'
import type { Window } from './timeline.ts'

/** The windows of some series together. */
export type WindowsOf = (series: readonly SeriesState[]) => readonly Window[]

/**
 * All that was recorded, from what adds up and its course. The run as a whole is all named operations that
 * are no part of another, and every iteration that failed by itself; see `Recorder`.
 */
export function assemble(state: RecorderState, windowsOf: WindowsOf): Recorded {
  const { operations, iterations, ownFailures, errors, groups } = state
  const { metrics, checks, arrivals, sockets, openings } = state
  const counted = operations.filter(({ part }) => !part)
  const bare = counted.length === 0
  const judged = bare ? [iterations] : [...counted, ownFailures]
  const withWindows = (series: SeriesState): SeriesData => ({
    ...series,
    windows: windowsOf([series]),
  })
  return {
    operations: operations.map(withWindows),
    iterations: withWindows(iterations),
    whole: joinSeries(bare ? 'all iterations' : 'all requests', judged, windowsOf(judged)),
    ownFailures: bare ? 0 : countOf(ownFailures),
    errors: errors.toSorted((left, right) => right.count - left.count),
    metrics,
    checks,
    groups: groups.map(withWindows),
    arrivals,
    sockets,
    openings,
  }
}
