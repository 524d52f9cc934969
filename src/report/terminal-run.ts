import type { RunData } from '../load/load-run.ts'
import { formatNumber } from '../units/format.ts'
import { arrivalsOf } from './arrival-facts.ts'
import { checksOf } from './check-facts.ts'
import { connectionsOf } from './connection-facts.ts'
import { endpointsOf, groupsOf, type EndpointFigures } from './endpoint-figures.ts'
import { generatorFacts, openAccountsOf } from './generator-facts.ts'
import { counted } from './figures.ts'
import {
  describeError,
  failuresOf,
  metricsOf,
  serviceOf,
  sourceOf,
  taggedMetricsOf,
  timesOf,
  warningsOf,
} from './run-facts.ts'
import { repeatsOf } from './repeat-figures.ts'
import { socketsOf } from './socket-facts.ts'
import { stepLines } from './step-lines.ts'
import { dim, red, yellow, type Line } from './styled-line.ts'
import { stopsOf, tokensOf } from './token-facts.ts'
import { tableLines, type Cell, type Column } from './table.ts'

const MOST_ENDPOINTS = 12
const MOST_GROUPS = 6
const MOST_CHECKS = 3
const MOST_VALUES = 4
const MOST_ERRORS = 5
const INDENT = '   '

/** One load of a test: what to mind, its endpoints, the service, its errors. */
export const runLines = (run: RunData, columns: number): Line[] => [
  ...warningsOf(run).map((text): Line => [INDENT, yellow(`! ${text}`)]),
  ...stepLines(run, columns),
  ...endpointLines(run, columns),
  ...groupLines(run, columns),
  ...labelled('repeats', repeatsOf(run)),
  ...sourceOf(run).map((text): Line => [INDENT, dim(text)]),
  ...timesOf(run).map((text): Line => [INDENT, dim(text)]),
  ...labelled('arrivals', arrivalsOf(run)),
  ...labelled('tokens', tokensOf(run)),
  ...labelled('stopped', stopsOf(run)),
  ...labelled('cold', connectionsOf(run)),
  ...labelled('sockets', socketsOf(run)),
  ...labelled('service', serviceOf(run)),
  ...[...generatorFacts(run), ...openAccountsOf(run)].map((text, at) =>
    labelledLine(at === 0 ? 'generator' : '', text),
  ),
  ...labelled('metrics', metricsOf(run)),
  ...taggedMetricsOf(run, MOST_VALUES).map((text): Line => [INDENT, ' '.repeat(LABEL), dim(text)]),
  ...checkLines(run),
  ...errorLines(run),
]

const COLUMNS: readonly Column[] = [
  { align: 'left' },
  { align: 'right', expendable: 2 },
  { align: 'right', expendable: 3 },
  { align: 'right' },
  { align: 'right', expendable: 4 },
  { align: 'right', expendable: 1 },
  { align: 'right', expendable: 0 },
]

function endpointLines(run: RunData, columns: number): Line[] {
  const { rows, whole, left, tagged } = endpointsOf(run, MOST_ENDPOINTS)
  const streams = rows.some(({ ttft }) => ttft !== '')
  const what = run.requests.length === 0 ? '' : 'endpoint'
  const head = [what, 'requests', 'p50', 'p95', 'p99', 'failed', streams ? 'TTFT p95' : '']
  const cells = [
    head.map((text) => dim(text)),
    ...rows.map(toCells),
    ...[...tagged, ...(whole === undefined ? [] : [whole])].map(toDimCells),
  ]
  const more =
    left === 0 ? [] : [[INDENT, dim(`… ${counted(left, 'more endpoint')} in the run file`)]]
  const lines = tableLines(COLUMNS, cells, { columns, indent: INDENT })
  return [...lines.slice(0, 1 + rows.length), ...more, ...lines.slice(1 + rows.length)]
}

/** Of rows that sum up others. */
const toDimCells = (figures: EndpointFigures): Cell[] =>
  toCells(figures).map((cell) => (typeof cell === 'string' ? dim(cell) : cell))

/** What a scenario times as one; in none of the figures above. */
function groupLines(run: RunData, columns: number): Line[] {
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

const labelled = (label: string, text: string | undefined): Line[] =>
  text === undefined ? [] : [labelledLine(label, text)]

const labelledLine = (label: string, text: string): Line => [INDENT, dim(label.padEnd(LABEL)), text]

/** Columns of a label before what it names. */
const LABEL = 'service   '.length

function checkLines(run: RunData): Line[] {
  const { whole, failed, left } = checksOf(run, MOST_CHECKS)
  const width = failed[0]?.times.length ?? 0
  const blank = ' '.repeat(LABEL)
  return [
    ...labelled('checks', whole),
    ...failed.map(({ times, name, said }): Line => [
      INDENT,
      blank,
      red(`${times.padStart(width)}×`),
      ` not ${name}  `,
      dim(said),
    ]),
    ...(left === 0 ? [] : [[INDENT, dim(`${blank}${counted(left, 'more check')} failed`)]]),
  ]
}

function errorLines(run: RunData): Line[] {
  const errors = failuresOf(run)
  const shown = errors.slice(0, MOST_ERRORS)
  // The commonest stands first, so its count is the widest.
  const width = formatNumber(shown[0]?.count ?? 0).length
  const lines = shown.map((group, at): Line => {
    const { what, said } = describeError(group)
    const label = (at === 0 ? 'errors' : '').padEnd(LABEL)
    const count = formatNumber(group.count).padStart(width)
    return [INDENT, dim(label), red(`${count}×`), ` ${what}  `, dim(said)]
  })
  const rest = errors.slice(MOST_ERRORS)
  if (rest.length === 0) return lines
  const count = rest.reduce((sum, group) => sum + group.count, 0)
  const more = `${counted(count, 'error')} of ${counted(rest.length, 'more kind')}`
  return [...lines, [INDENT, dim(' '.repeat(LABEL) + more)]]
}
