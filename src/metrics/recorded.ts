import type { ArrivalsData } from './arrivals.ts'
import type { CheckSummary } from './checks.ts'
import type { ErrorGroup } from './error-groups.ts'
import type { OpeningsData } from './openings.ts'
import type { MetricSummary } from './own-metrics.ts'
import type { SeriesData, SeriesState } from './series-data.ts'
import type { SocketsData } from './sockets.ts'

/** All that a recorder holds, as plain data on one grid of windows. */
export interface Recorded {
  /** Named operations; those with `part` lie inside another one. */
  readonly operations: readonly SeriesData[]
  readonly iterations: SeriesData
  /** What a run is judged by: see `Recorder`. */
  readonly whole: SeriesData
  /** Iterations in `whole` that failed by themselves, after operations that went well. */
  readonly ownFailures: number
  readonly errors: readonly ErrorGroup[]
  readonly metrics: readonly MetricSummary[]
  readonly checks: readonly CheckSummary[]
  /** Stretches of iterations that the scenario times as one: in no figure of the run. */
  readonly groups: readonly SeriesData[]
  /** Only of an open load. */
  readonly arrivals: ArrivalsData | undefined
  readonly sockets: SocketsData
  readonly openings: OpeningsData
}

/** What a recorder holds, without its course: so much of it that the rest can be made from it. */
export interface RecorderState extends Pick<
  Recorded,
  'metrics' | 'checks' | 'arrivals' | 'sockets' | 'openings'
> {
  readonly operations: readonly SeriesState[]
  readonly iterations: SeriesState
  readonly ownFailures: SeriesState
  readonly groups: readonly SeriesState[]
  /** In the order in which they first came. */
  readonly errors: readonly ErrorGroup[]
}

/** How much of a run has completed, and how much of that failed. */
export interface Tally {
  readonly count: number
  readonly failed: number
}
