import type { RunData } from '../../load/load-run.ts'
import type { Distribution } from '../../metrics/distribution.ts'
import { cleanText } from '../clean-text.ts'
import { percentileAt } from '../percentile-at.ts'
import type { CsvCell } from './csv-text.ts'

/** What Locust keeps of a name and a method. */
export interface LocustEntry {
  readonly type: string
  readonly name: string
  readonly count: number
  readonly failed: number
  readonly latency: Distribution
}

/** The columns of percentiles, in Locust's words, and what they are. */
export const PERCENTILE_COLUMNS = {
  '50%': 50,
  '66%': 66,
  '75%': 75,
  '80%': 80,
  '90%': 90,
  '95%': 95,
  '98%': 98,
  '99%': 99,
  '99.9%': 99.9,
  '99.99%': 99.99,
  '100%': 100,
} as const

/** The requests of a load, sorted by name and method as Locust sorts them; its iterations when it made none. */
export function entriesOf({ requests, iterations }: RunData): readonly LocustEntry[] {
  const all = requests.length === 0 ? [iterations] : requests
  return all
    .map(({ name, count, failed, latency }) => ({ ...splitName(name), count, failed, latency }))
    .toSorted((left, right) => order(left.name, right.name) || order(left.type, right.type))
}

/** All requests together. An iteration that failed by itself is an exception in Locust's books, no request. */
export function aggregateOf(run: RunData): LocustEntry {
  const { requests, iterations, latency, ownFailures } = run
  const of = requests.length === 0 ? iterations : run
  const own = requests.length === 0 ? 0 : ownFailures
  const counts = { count: of.count - own, failed: of.failed - own }
  return {
    type: '',
    name: 'Aggregated',
    ...counts,
    latency: requests.length === 0 ? of.latency : latency,
  }
}

const order = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0)

/**
 * `GET /orders` is of type `GET`. What has a name of its own has no method: it is a `CALL`, since only
 * the last row of Locust's tables has no type.
 */
export function splitName(name: string): { readonly type: string; readonly name: string } {
  const [, method, rest] = METHOD.exec(name) ?? []
  if (method === undefined || rest === undefined) return { type: 'CALL', name: cleanText(name) }
  return { type: method, name: cleanText(rest) }
}

const METHOD = /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|CONNECT|TRACE|WS) (.+)$/s

/** In whole milliseconds, as Locust has them; without any request `N/A`. */
export function percentileCells(latency: Distribution): readonly CsvCell[] {
  return Object.values(PERCENTILE_COLUMNS).map((percentile) => {
    const value = percentileAt(latency, percentile)
    return value === undefined ? 'N/A' : Math.round(value)
  })
}

/** Median, average, least, greatest and size: 0 where Locust has 0, which is where nothing was measured. */
export const timeCells = ({
  p50 = 0,
  mean = 0,
  min = 0,
  max = 0,
}: Distribution): readonly number[] => [
  Math.round(p50),
  mean,
  min,
  max,
  // Sizes of bodies are not kept.
  0,
]
