import type { RunData } from '../load/load-run.ts'
import type { RunRecord } from '../run-file/run-record.ts'
import { formatNumber } from '../units/format.ts'
import { arrivalsOf } from './arrival-facts.ts'
import { checksOf } from './check-facts.ts'
import { connectionsOf } from './connection-facts.ts'
import { generatorFacts, openAccountsOf } from './generator-facts.ts'
import { counted } from './figures.ts'
import {
  describeError,
  failuresOf,
  metricsOf,
  sourceOf,
  taggedMetricsOf,
  timesOf,
  warningsOf,
} from './run-facts.ts'
import { nodeOf, serviceOf } from './service-facts.ts'
import { trustOf } from './page/trust.ts'
import { repeatsOf } from './repeat-figures.ts'
import { shapeLine } from './shape-line.ts'
import { socketsOf } from './socket-facts.ts'
import { stepLines } from './step-lines.ts'
import { dim, red, yellow, type Line } from './styled-line.ts'
import { stopsOf, tokensOf } from './token-facts.ts'
import { endpointLines, groupLines } from './terminal-endpoints.ts'

const MOST_CHECKS = 3
const MOST_VALUES = 4
const MOST_ERRORS = 5
const INDENT = '   '

interface Shown {
  readonly columns: number
  /** What is said of the test already: an aborted load is the error of its test, too. */
  readonly said: readonly string[]
}

/** One load of a test: what to mind, its endpoints, the service, its errors. */
export const runLines = (run: RunData, record: RunRecord, { columns, said }: Shown): Line[] => [
  ...unsaid(warningsOf(run), said).map((text): Line => [INDENT, yellow(`! ${text}`)]),
  ...stepLines(run, columns),
  ...endpointLines(run, record, columns),
  ...labelled('latency', shapeLine(run.latency)),
  ...groupLines(run, columns),
  ...labelled('repeats', repeatsOf(run)),
  ...sourceOf(run).map((text): Line => [INDENT, dim(text)]),
  ...timesOf(run).map((text): Line => [INDENT, dim(text)]),
  ...labelled('arrivals', arrivalsOf(run)),
  ...labelled('tokens', tokensOf(run)),
  ...labelled('stopped', stopsOf(run)),
  ...labelled('cold', connectionsOf(run)),
  ...labelled('sockets', socketsOf(run)),
  ...[serviceOf(run), nodeOf(run)]
    .filter((text) => text !== undefined)
    .map((text, at) => labelledLine(at === 0 ? 'service' : '', text)),
  ...labelled('trust', trustText(run)),
  ...[...generatorFacts(run), ...openAccountsOf(run)].map((text, at) =>
    labelledLine(at === 0 ? 'generator' : '', text),
  ),
  ...labelled('metrics', metricsOf(run)),
  ...taggedMetricsOf(run, MOST_VALUES).map((text): Line => [INDENT, ' '.repeat(LABEL), dim(text)]),
  ...checkLines(run),
  ...errorLines(run),
]

const unsaid = (texts: readonly string[], said: readonly string[]): readonly string[] =>
  texts.filter((text) => !said.some((each) => each.includes(text)))

/** Whether the figures can be believed; what speaks against it stands above them. */
function trustText(run: RunData): string {
  const { level, headline } = trustOf(run, [])
  return level === 'doubtful' ? 'with care: see ! above' : headline.toLowerCase()
}

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
