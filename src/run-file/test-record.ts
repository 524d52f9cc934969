import type { Verdict } from '../limits/verdict.ts'
import type { RunData } from '../load/load-run.ts'
import type { TestMonitorRecord } from './monitor-record.ts'
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
}

/** The record of a test that ran these loads and reached these verdicts. */
export const toTestRecord = (
  runs: readonly RunData[],
  verdicts: readonly Verdict[] = [],
  monitors: readonly TestMonitorRecord[] = [],
): TestRecord => ({
  version: 1,
  runs: runs.map(toRunRecord),
  verdicts: plain(verdicts),
  ...(monitors.length > 0 && { monitors: plain(monitors) }),
})
