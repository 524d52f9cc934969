import { EMPTY_HISTOGRAM } from '../stats/histogram.ts'
import { formatMs } from '../units/format.ts'
import type { Ms } from '../units/units.ts'
import { joinCells } from './cell.ts'
import { distribution } from './distribution.ts'
import type { OperationFigures, OperationSummary } from './summary.ts'

/**
 * What is known of an operation in a stretch of a run: what the windows of its timeline keep. Times of
 * streams, first bytes, outcomes and errors they do not.
 */
export interface WindowSummary extends OperationFigures {
  readonly kind: 'window'
  /** What its count is of. */
  readonly counts: 'requests' | 'iterations'
}

/** Whole windows of a timeline, from the start of the judged time. */
export interface WindowStretch {
  readonly from: Ms
  readonly to: Ms
  /** How much of it was judged: less than from `from` to `to` in the last window. */
  readonly duration: Ms
  /** It goes to the end of the judged time, and has what ended only then. */
  readonly last: boolean
}

/**
 * An operation in a stretch: what ended in it. The stretch that goes to the end has what began in the
 * judged time and ended after it, and what was cut off, so that the whole is as the run itself.
 */
export function summarizeWindow(
  operation: OperationSummary,
  counts: WindowSummary['counts'],
  { from, to, duration, last }: WindowStretch,
): WindowSummary {
  const windows = operation.timeline.filter(({ at }) => at >= from && (last || at < to))
  const { ok, failed, aborted, latency } = joinCells(windows)
  const count = ok + failed
  const name = `${operation.name} from ${formatMs(from)} to ${formatMs(to)}`
  return {
    kind: 'window',
    name,
    counts,
    count,
    ok,
    failed,
    aborted,
    successRate: count === 0 ? undefined : ok / count,
    errorRate: count === 0 ? undefined : failed / count,
    throughput: { mean: count === 0 || duration <= 0 ? undefined : ok / (duration / 1_000) },
    latency: distribution(`latency of ${name}`, latency, {
      failed,
      dropped: last && from === 0 ? operation.latency.dropped : 0,
      cutOff: last ? operation.latency.cutOff : EMPTY_HISTOGRAM,
      course: { windows, of: 'latency', owing: 'all' },
    }),
    timeline: windows,
  }
}
