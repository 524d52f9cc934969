import type { RunData } from '../load/load-run.ts'
import type { RunRecord } from '../run-file/run-record.ts'
import { quantile } from '../stats/histogram.ts'
import type { Ms } from '../units/units.ts'
import { cleanText } from './clean-text.ts'
import { endpointsOf, groupsOf, type EndpointFigures } from './endpoint-figures.ts'
import { counted } from './figures.ts'
import { sparkline } from './sparkline.ts'
import { dim, red, type Line } from './styled-line.ts'
import { naturalWidth, tableLines, type Cell, type Column } from './table.ts'

const MOST_ENDPOINTS = 12
const MOST_GROUPS = 6
const INDENT = '   '
/** Columns of the course of a p95. */
const COURSE = 8

const COLUMNS: readonly Column[] = [
  { align: 'left' },
  { align: 'right', expendable: 2 },
  { align: 'right', expendable: 3 },
  { align: 'right' },
  { align: 'right', expendable: 4 },
  { align: 'right', expendable: 1 },
  { align: 'right', expendable: 0 },
  { align: 'left', expendable: 5 },
]

/** The endpoints of a load, with the course of their p95 where there is room for it. */
export function endpointLines(run: RunData, record: RunRecord, columns: number): Line[] {
  const { rows, whole, left, tagged } = endpointsOf(run, MOST_ENDPOINTS)
  const courses = coursesOf(run, record)
  const streams = rows.some(({ ttft }) => ttft !== '')
  const what = run.requests.length === 0 ? '' : 'endpoint'
  const head = [
    what,
    'requests',
    'p50',
    'p95',
    'p99',
    'failed',
    streams ? 'TTFT p95' : '',
    'course',
  ]
  const cells: Cell[][] = [
    head.map((text) => dim(text)),
    ...rows.map((row) => [...toCells(row), dim(courses.get(row.name) ?? '')]),
    ...tagged.map((row) => [...toDimCells(row), '']),
    ...(whole === undefined ? [] : [[...toDimCells(whole), dim(courses.get('') ?? '')]]),
  ]
  // A name is worth more than a course, and a course of which all are empty has no head.
  const roomy = courses.size > 0 && naturalWidth(cells, INDENT) <= columns
  const shown = roomy ? cells : cells.map((row) => row.slice(0, -1))
  const more =
    left === 0 ? [] : [[INDENT, dim(`… ${counted(left, 'more endpoint')} in the run file`)]]
  const lines = tableLines(COLUMNS, shown, { columns, indent: INDENT })
  return [...lines.slice(0, 1 + rows.length), ...more, ...lines.slice(1 + rows.length)]
}

/** By the name of the row; that of all together under the empty one. */
function coursesOf(run: RunData, { requests }: RunRecord): ReadonlyMap<string, string> {
  const whole: readonly (Ms | undefined)[] = run.timeline.map(({ latency }) =>
    quantile(latency, 95),
  )
  const all = new Map(
    requests.map(({ name, course }) => [cleanText(name), sparkline(course?.p95 ?? [], COURSE)]),
  )
  const own = sparkline(whole, COURSE)
  const known = [...all, ...(requests.length > 1 ? [['', own] as const] : [])]
  return new Map(known.filter(([, line]) => line !== ''))
}

/** Of rows that sum up others. */
const toDimCells = (figures: EndpointFigures): Cell[] =>
  toCells(figures).map((cell) => (typeof cell === 'string' ? dim(cell) : cell))

/** What a scenario times as one; in none of the figures above. */
export function groupLines(run: RunData, columns: number): Line[] {
  const { rows, left } = groupsOf(run, MOST_GROUPS)
  if (rows.length === 0) return []
  const head = ['group', 'times', 'p50', 'p95', 'p99', 'failed', ''].map((text) => dim(text))
  const lines = tableLines(COLUMNS, [head, ...rows.map(toCells)], { columns, indent: INDENT })
  const more = `… ${counted(left, 'more group')} in the run file`
  return left === 0 ? lines : [...lines, [INDENT, dim(more)]]
}

const toCells = ({
  name,
  requests,
  p50,
  p95,
  p99,
  failed,
  ttft,
  hasFailed,
}: EndpointFigures): Cell[] => [
  name,
  requests,
  p50,
  p95,
  p99,
  hasFailed ? red(failed) : failed,
  ttft,
]
