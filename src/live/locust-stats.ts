import type { RunData } from '../load/load-run.ts'
import { joinCells } from '../metrics/cell.ts'
import { cleanText } from '../report/clean-text.ts'
import { toLocustCsv } from '../report/export/locust-csv.ts'
import {
  aggregateOf,
  entriesOf,
  splitName,
  type LocustEntry,
} from '../report/export/locust-entry.ts'
import { loadsOf, type Load } from '../report/loads.ts'
import { percentileAt } from '../report/percentile-at.ts'
import type { RunFile } from '../run-file/run-file.ts'
import { fromRunRecord } from '../run-file/run-record.ts'
import { quantile } from '../stats/histogram.ts'
import type { LiveLoad, LivePage } from './live-page.ts'
import { attached } from './download.ts'

/** What Locust calls the states of a load. */
type LocustState = 'ready' | 'spawning' | 'running' | 'stopping' | 'stopped'

/** Locust shows no more: a script that reads it knows. */
const MOST_ROWS = 500
const LAST = 10_000

/**
 * The answer of Locust's `/stats/requests`, by the names of its fields, of the load that began last. Times are of the
 * successes; sizes of bodies are not kept and are 0. `current_` figures are of the last 10 s.
 */
export function toLocustStats(file: RunFile | undefined, page: LivePage): object {
  const load = lastLoad(file)
  if (load === undefined) return EMPTY
  const run = fromRunRecord(load.record)
  const live = page.loads.findLast(({ title }) => title === cleanText(load.title))
  const total = toStats(aggregateOf(run), totalOf(live))
  const { num_requests: count, num_failures: failed } = total
  const rows = entriesOf(run).map((entry) => toStats(entry, currentOf(entry, live)))
  return {
    stats: [...rows.slice(0, MOST_ROWS), total],
    errors: run.errors.slice(0, MOST_ROWS).map(toError),
    total_rps: total.current_rps,
    total_fail_per_sec: total.current_fail_per_sec,
    fail_ratio: count === 0 ? 0 : failed / count,
    current_response_time_percentiles: live === undefined ? NO_TIMES : timesOf(run),
    state: stateOf(live),
    user_count: live?.users ?? 0,
  }
}

/** Locust's `/stats/requests/csv`, of the load that began last. */
export function locustCsv(file: RunFile | undefined): Response {
  const load = lastLoad(file)
  const text = load === undefined ? '' : toLocustCsv(load).stats
  return attached('requests.csv', text, 'text/csv; charset=utf-8')
}

const NO_TIMES = { 'response_time_percentile_0.5': null, 'response_time_percentile_0.95': null }

const EMPTY = {
  stats: [],
  errors: [],
  total_rps: 0,
  total_fail_per_sec: 0,
  fail_ratio: 0,
  current_response_time_percentiles: NO_TIMES,
  state: 'ready' satisfies LocustState,
  user_count: 0,
}

const lastLoad = (file: RunFile | undefined): Load | undefined =>
  file &&
  loadsOf(file)
    .toSorted((left, right) => (left.record.startedAt < right.record.startedAt ? -1 : 1))
    .at(-1)

interface Current {
  readonly rps: number
  readonly failPerSec: number
}

const NONE: Current = { rps: 0, failPerSec: 0 }

function toStats({ type, name, count, failed, latency }: LocustEntry, now: Current) {
  const time = (percentile: number): number => Math.round(percentileAt(latency, percentile) ?? 0)
  return {
    method: type,
    name,
    safe_name: name,
    num_requests: count,
    num_failures: failed,
    avg_response_time: latency.mean ?? 0,
    min_response_time: latency.min ?? 0,
    max_response_time: latency.max ?? 0,
    median_response_time: time(50),
    ninetieth_response_time: time(90),
    ninety_ninth_response_time: time(99),
    'response_time_percentile_0.95': time(95),
    'response_time_percentile_0.99': time(99),
    current_rps: now.rps,
    current_fail_per_sec: now.failPerSec,
    avg_content_length: 0,
  }
}

function currentOf({ type, name }: LocustEntry, live: LiveLoad | undefined): Current {
  const recent = live?.recent.find((each) => {
    const split = splitName(each.name)
    return split.type === type && split.name === name
  })
  if (recent === undefined) return NONE
  return { rps: recent.perSecond, failPerSec: recent.perSecond * (recent.errorRate ?? 0) }
}

const totalOf = (live: LiveLoad | undefined): Current =>
  (live?.recent ?? []).reduce(
    ({ rps, failPerSec }, { perSecond, errorRate }) => ({
      rps: rps + perSecond,
      failPerSec: failPerSec + perSecond * (errorRate ?? 0),
    }),
    NONE,
  )

/** Of the last windows of its judged time. */
function timesOf({ timeline }: RunData): object {
  const end = timeline.at(-1)
  if (end === undefined) return NO_TIMES
  const { latency } = joinCells(
    timeline.filter(({ at, width }) => at + width > end.at + end.width - LAST),
  )
  return {
    'response_time_percentile_0.5': quantile(latency, 50) ?? null,
    'response_time_percentile_0.95': quantile(latency, 95) ?? null,
  }
}

function toError({ name: full, message, count }: RunData['errors'][number]): object {
  const { type, name } = splitName(full)
  return { method: type, name, error: cleanText(message), occurrences: count }
}

function stateOf(live: LiveLoad | undefined): LocustState {
  if (live === undefined) return 'stopped'
  switch (live.phase) {
    case 'ramp-up':
      return 'spawning'
    case 'warm-up':
    case 'steady':
      return 'running'
    case 'ramp-down':
    case 'graceful stop':
      return 'stopping'
    default:
      return live.phase satisfies never
  }
}
