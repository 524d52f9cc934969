import { fromRunRecord } from '../../run-file/run-record.ts'
import type { Load } from '../loads.ts'
import { rootGroup, type K6Group } from './k6-groups.ts'
import { TREND_STATS } from './k6-metric.ts'
import { k6Metrics } from './k6-metrics.ts'
import { withThresholds, type K6Metrics } from './k6-thresholds.ts'

/** What k6 gives to `handleSummary(data)`. */
export interface K6Summary {
  readonly root_group: K6Group
  readonly options: {
    readonly summaryTrendStats: readonly string[]
    readonly summaryTimeUnit: string
    readonly noColor: boolean
  }
  readonly state: {
    readonly isStdOutTTY: boolean
    readonly isStdErrTTY: boolean
    readonly testRunDurationMs: number
  }
  readonly metrics: K6Metrics
}

/**
 * A load as k6 sums one up: its built-in metrics as far as there are figures for them, those of each
 * request under `{name:…}`, the suite's own, and the limits as thresholds. Times are of the successes.
 */
export function toK6Summary({ record, verdicts }: Load): K6Summary {
  const run = fromRunRecord(record)
  return {
    root_group: rootGroup(run),
    options: { summaryTrendStats: TREND_STATS, summaryTimeUnit: '', noColor: false },
    state: { isStdOutTTY: false, isStdErrTTY: false, testRunDurationMs: run.elapsed },
    metrics: withThresholds(k6Metrics(run), verdicts),
  }
}
