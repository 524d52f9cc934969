import type { Load } from '../loads.ts'
import type { K6Check, K6Group } from './k6-groups.ts'
import type { K6Metric } from './k6-metric.ts'
import { toK6Summary } from './k6-summary.ts'

/** What `k6 run --summary-export` writes. */
export interface K6SummaryExport {
  readonly root_group: ExportedGroup
  readonly metrics: Readonly<Record<string, ExportedMetric>>
}

interface ExportedGroup extends Omit<K6Group, 'groups' | 'checks'> {
  readonly groups: Readonly<Record<string, ExportedGroup>>
  readonly checks: Readonly<Record<string, K6Check>>
}

/** The values themselves; a threshold is true when it was crossed. */
type ExportedMetric = Readonly<Record<string, number | Readonly<Record<string, boolean>>>>

/** The same in the older form: groups and checks by name, values without a wrapper. */
export function toK6SummaryExport(load: Load): K6SummaryExport {
  const { root_group: root, metrics } = toK6Summary(load)
  return {
    root_group: exportedGroup(root),
    metrics: Object.fromEntries(
      Object.entries(metrics).map(([name, metric]) => [name, exportedMetric(metric)]),
    ),
  }
}

const exportedGroup = ({ groups, checks, ...rest }: K6Group): ExportedGroup => ({
  ...rest,
  groups: Object.fromEntries(groups.map((group) => [group.name, exportedGroup(group)])),
  checks: Object.fromEntries(checks.map((check) => [check.name, check])),
})

function exportedMetric({ type, values, thresholds }: K6Metric): ExportedMetric {
  const { rate, ...others } = values
  const plain = type === 'rate' && rate !== undefined ? { value: rate, ...others } : values
  if (thresholds === undefined) return plain
  const crossed = Object.entries(thresholds).map(([source, { ok }]) => [source, !ok] as const)
  return { ...plain, thresholds: Object.fromEntries(crossed) }
}
