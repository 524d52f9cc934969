import type { Verdict } from '../limits/verdict.ts'
import type { RunData } from '../load/load-run.ts'
import type { TestMonitorRecord } from './monitor-record.ts'
import type { AbData } from '../load/ab-run.ts'
import type { CapacityData } from '../load/capacity.ts'
import { toAbRecord, type AbRecord, type CapacityRecord } from './search-records.ts'
import { plain } from './plain.ts'
import { toRunRecord, type RunRecord } from './run-record.ts'

export { toRunRecord }

/** What one test sends to the main process and what the run file keeps of it: JSON, nothing else. */
export interface TestRecord {
  readonly version: 1
  /** In the order in which the test ran them. */
  readonly runs: readonly RunRecord[]
  /** In the order in which its matchers reached them. */
  readonly verdicts: readonly Verdict[]
  /** What the test watched by itself; absent when that was nothing. */
  readonly monitors?: readonly TestMonitorRecord[] | undefined
  /** Of `load.compare`; absent when there were none, as in older files. */
  readonly comparisons?: readonly AbRecord[] | undefined
  /** Of `load.findCapacity`; absent when there were none, as in older files. */
  readonly capacities?: readonly CapacityRecord[] | undefined
}

/** What not every test has. */
interface More {
  readonly comparisons?: readonly AbData[]
  readonly capacities?: readonly CapacityData[]
  readonly monitors?: readonly TestMonitorRecord[]
}

/** The record of a test that ran these loads and reached these verdicts. */
export const toTestRecord = (
  runs: readonly RunData[],
  verdicts: readonly Verdict[] = [],
  { comparisons = [], capacities = [], monitors = [] }: More = {},
): TestRecord => ({
  version: 1,
  runs: runs.map(toRunRecord),
  verdicts: plain(verdicts),
  ...(monitors.length > 0 && { monitors: plain(monitors) }),
  ...(comparisons.length > 0 && { comparisons: comparisons.map(toAbRecord) }),
  ...(capacities.length > 0 && { capacities: plain(capacities) }),
})
