import type { RunData } from '../../load/load-run.ts'
import { fromRunRecord } from '../../run-file/run-record.ts'
import type { Load } from '../loads.ts'
import { csvText, type CsvCell } from './csv-text.ts'
import {
  aggregateOf,
  entriesOf,
  PERCENTILE_COLUMNS,
  percentileCells,
  timeCells,
  type LocustEntry,
} from './locust-entry.ts'
import { exceptionsCsv, failuresCsv } from './locust-failures.ts'
import { historyCsv } from './locust-history.ts'

/** The four files that `locust --csv` writes, as texts. */
export interface LocustCsv {
  /** `_stats.csv` */
  readonly stats: string
  /** `_stats_history.csv`, without `--csv-full-history`: all requests together. */
  readonly history: string
  /** `_failures.csv` */
  readonly failures: string
  /** `_exceptions.csv` */
  readonly exceptions: string
}

/**
 * A load in the format of Locust 2: its columns, in its order and units. Times are of the successes, and
 * their percentiles as fine as the run file has them, where Locust keeps two digits.
 */
export function toLocustCsv({ record }: Load): LocustCsv {
  const run = fromRunRecord(record)
  return {
    stats: statsCsv(run),
    history: historyCsv(record, run),
    failures: failuresCsv(run),
    exceptions: exceptionsCsv(run),
  }
}

const COLUMNS = [
  'Type',
  'Name',
  'Request Count',
  'Failure Count',
  'Median Response Time',
  'Average Response Time',
  'Min Response Time',
  'Max Response Time',
  'Average Content Size',
  'Requests/s',
  'Failures/s',
  ...Object.keys(PERCENTILE_COLUMNS),
]

function statsCsv(run: RunData): string {
  const toRow = ({ type, name, count, failed, latency }: LocustEntry): readonly CsvCell[] => [
    type,
    name,
    count,
    failed,
    ...timeCells(latency),
    perSecond(count, run.duration),
    perSecond(failed, run.duration),
    ...percentileCells(latency),
  ]
  return csvText(COLUMNS, [...entriesOf(run), aggregateOf(run)].map(toRow))
}

const perSecond = (count: number, duration: number): number =>
  duration > 0 ? (count / duration) * 1_000 : 0
