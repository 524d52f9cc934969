import type { RecordingSummary } from '../metrics/summary.ts'
import type { MonitorSummary } from '../monitors/monitor.ts'
import type { Ms } from '../units/units.ts'

/**
 * How a load came to its end. `aborted`: by its `abort` option. `stopped`: by a listener of its events.
 * `interrupted`: with its test, or with Vitest. `deadline`: by its `maxDuration`.
 */
export type Ending = 'complete' | 'interrupted' | 'deadline' | 'aborted' | 'stopped'

/** What a stretch outside the judged time did. */
export interface PhaseSummary {
  readonly name: 'ramp-up' | 'warm-up' | 'ramp-down' | 'graceful stop'
  /** When it began, on the run's clock; absent from older run files. */
  readonly from?: Ms | undefined
  readonly summary: RecordingSummary
}

/**
 * Something that was done in the middle of a run. `fault`: to the service, by the test. `steered`: to
 * the load, by whoever watched it.
 */
export interface Mark {
  /** On the run's clock. */
  readonly at: Ms
  readonly kind: 'fault' | 'steered'
  /** `killed with SIGKILL`, `users 10 → 50` */
  readonly text: string
}

/** What else was watched of the service under test. */
export type WatchedMore = Pick<MonitorSummary, 'pss' | 'descriptors' | 'threads' | 'heap' | 'loop'>

/** What is told of one run of a load that was repeated. */
export interface RepeatFigures extends Pick<
  RecordingSummary,
  'duration' | 'count' | 'failed' | 'throughput'
> {
  readonly latency: Pick<RecordingSummary['latency'], 'p50' | 'p95' | 'p99'>
}
