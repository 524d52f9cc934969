import type { RunData } from '../../load/load-run.ts'
import { joinCells, type Cell } from '../../metrics/cell.ts'
import { distribution } from '../../metrics/distribution.ts'
import type { Window } from '../../metrics/timeline.ts'
import type { RunRecord } from '../../run-file/run-record.ts'
import { judgedSince } from '../judged-since.ts'
import { csvText, type CsvCell } from './csv-text.ts'
import { PERCENTILE_COLUMNS, percentileCells, timeCells } from './locust-entry.ts'

const COLUMNS = [
  'Timestamp',
  'User Count',
  'Type',
  'Name',
  'Requests/s',
  'Failures/s',
  ...Object.keys(PERCENTILE_COLUMNS),
  'Total Request Count',
  'Total Failure Count',
  'Total Median Response Time',
  'Total Average Response Time',
  'Total Min Response Time',
  'Total Max Response Time',
  'Total Average Content Size',
]

/**
 * One row for each stretch of the judged time, stamped with its end. Rates are of the stretch;
 * percentiles and totals are of all that came until then, as Locust's are without `--csv-full-history`.
 */
export function historyCsv(record: RunRecord, run: RunData): string {
  const since = judgedSince(run)
  const rows = cumulated(run.timeline, record).map(({ window, counts, total }): CsvCell[] => {
    const { at, width, users = 0 } = window
    const latency = distribution('', total.latency)
    return [
      Math.floor((since + at + width) / 1_000),
      users,
      '',
      'Aggregated',
      perSecond(counts.ok + counts.failed, width),
      perSecond(counts.failed, width),
      ...percentileCells(latency),
      total.ok + total.failed,
      total.failed,
      ...timeCells(latency),
    ]
  })
  return csvText(COLUMNS, rows)
}

/** Six digits after the point: Python's `{:2f}`. */
const perSecond = (count: number, width: number): string => ((count / width) * 1_000).toFixed(6)

interface Stretch {
  readonly window: Window
  readonly counts: Pick<Cell, 'ok' | 'failed'>
  /** Of all up to here. */
  readonly total: Cell
}

function cumulated(windows: readonly Window[], record: RunRecord): readonly Stretch[] {
  let total = joinCells([])
  return windows.map((window, at) => {
    const counts = countsOf(record, at) ?? window
    total = joinCells([total, { ...counts, aborted: 0, latency: window.latency }])
    return { window, counts, total }
  })
}

/**
 * Of the requests alone: iterations that failed by themselves are in the windows of the whole. `undefined`
 * for a load without requests.
 */
function countsOf({ requests }: RunRecord, at: number): Stretch['counts'] | undefined {
  const courses = requests.flatMap(({ course }) => (course === undefined ? [] : [course]))
  if (courses.length === 0 || courses.length < requests.length) return undefined
  const sum = (of: 'ok' | 'failed'): number =>
    courses.reduce((all, course) => all + (course[of][at] ?? 0), 0)
  return { ok: sum('ok'), failed: sum('failed') }
}
