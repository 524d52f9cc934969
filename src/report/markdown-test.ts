import type { Verdict } from '../limits/verdict.ts'
import type { RunData } from '../load/load-run.ts'
import type { TestEntry } from '../run-file/run-file.ts'
import { fromRunRecord } from '../run-file/run-record.ts'
import { formatNumber } from '../units/format.ts'
import { arrivalsOf } from './arrival-facts.ts'
import { checksOf } from './check-facts.ts'
import { connectionsOf } from './connection-facts.ts'
import { endpointsOf, groupsOf, type EndpointFigures } from './endpoint-figures.ts'
import { accountsOf, generatorFacts } from './generator-facts.ts'
import { escapeMarkdown } from './escape-markdown.ts'
import { counted, limitOf, measuredOf, notesOf } from './figures.ts'
import { byUrgency, marginOf } from './margin.ts'
import { isOpen, manyNote, notProvenNote } from './not-proven.ts'
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
import { markdownTable } from './markdown-table.ts'
import { abDetails, capacityDetails } from './markdown-searches.ts'
import { stopsOf, tokensOf } from './token-facts.ts'
import { repeatsOf } from './repeat-figures.ts'
import { socketsOf } from './socket-facts.ts'
import { STEP_HEAD, stepFacts, stepRows } from './step-figures.ts'
import { errorsOf, resultOf, titleOf } from './test-entries.ts'

const MOST_ENDPOINTS = 50
const MOST_ERRORS = 10
const MOST_STEPS = 50
const MOST_VALUES = 20

/** The limits, endpoints and errors of a test, folded away unless it failed. */
export function testDetails(test: TestEntry): string {
  const runs = test.record.runs.map(fromRunRecord)
  const open = test.state === 'failed' ? ' open' : ''
  return [
    `<details${open}><summary>${escapeMarkdown(titleOf(test))}: ${resultOf(test)}</summary>`,
    ...errorsOf(test).map((error) => `- ❌ ${escapeMarkdown(error)}`),
    limitsTable(test.record.verdicts),
    [
      ...notesOf(test.record.verdicts).map((note) => `- ⚠️ ${escapeMarkdown(note)}`),
      ...openItem(test.record.verdicts),
    ].join('\n'),
    ...runs.flatMap((run, at) => [
      runs.length > 1 ? `**Load ${at + 1} of ${runs.length}**` : '',
      ...runDetails(run),
    ]),
    ...(test.record.comparisons ?? []).flatMap(abDetails),
    ...(test.record.capacities ?? []).flatMap(capacityDetails),
    '</details>',
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

function limitsTable(verdicts: readonly Verdict[]): string {
  const { failed, passed } = byUrgency(verdicts)
  const rows = [...failed, ...passed].map((verdict) => [
    verdict.status === 'pass' ? '✅' : '❌',
    escapeMarkdown(verdict.subject),
    measuredOf(verdict),
    limitOf(verdict).replace(/^limit /, ''),
    `${marginOf(verdict)}${isOpen(verdict) ? ' ~' : ''}`.trimStart(),
  ])
  return markdownTable(['', 'Limit on', 'Measured', 'Limit', 'Margin'], '--rrr', rows)
}

function openItem(verdicts: readonly Verdict[]): string[] {
  const notes = [notProvenNote(verdicts), manyNote(verdicts)]
  return notes.flatMap((note) => (note === undefined ? [] : [`- ~ ${escapeMarkdown(note)}`]))
}

function runDetails(run: RunData): string[] {
  const service = [serviceOf(run), nodeOf(run)].filter((text) => text !== undefined)
  const metrics = metricsOf(run)
  const arrivals = arrivalsOf(run)
  const tokens = tokensOf(run)
  const stops = stopsOf(run)
  const sockets = socketsOf(run)
  const connections = connectionsOf(run)
  const repeats = repeatsOf(run)
  return [
    warningsOf(run)
      .map((warning) => `- ⚠️ ${escapeMarkdown(warning)}`)
      .join('\n'),
    stepsTable(run),
    endpointsTable(run),
    groupsTable(run),
    repeats === undefined ? '' : `Repeats: ${repeats}`,
    ...sourceOf(run).map((text) => `<sub>${escapeMarkdown(text)}</sub>`),
    ...timesOf(run).map((text) => `<sub>${text}</sub>`),
    arrivals === undefined ? '' : `Arrivals: ${arrivals}`,
    tokens === undefined ? '' : `Tokens: ${tokens}`,
    stops === undefined ? '' : `Stopped: ${stops}`,
    connections === undefined ? '' : `Cold: ${connections}`,
    sockets === undefined ? '' : `Sockets: ${sockets}`,
    service.length === 0 ? '' : `Service: ${escapeMarkdown(service.join(' · '))}`,
    generatorParagraph(run),
    metrics === undefined ? '' : `Metrics: ${escapeMarkdown(metrics)}`,
    taggedMetricsOf(run, MOST_VALUES)
      .map((text) => `- ${escapeMarkdown(text)}`)
      .join('\n'),
    checksTable(run),
    errorsTable(run),
  ]
}

const generatorParagraph = (run: RunData): string => {
  const facts = [...generatorFacts(run), ...accountsOf(run)]
  return facts.length === 0 ? '' : `Generator: ${facts.join('; ')}`
}

function stepsTable(run: RunData): string {
  const [rows] = stepRows(run, MOST_STEPS)
  const cells = rows.map(({ cells: all }) => all)
  const facts = stepFacts(run).map((text) => `\n\n${escapeMarkdown(text)}`)
  return `${markdownTable(STEP_HEAD, 'rrrrrrr-', cells)}${facts.join('')}`
}

function endpointsTable(run: RunData): string {
  const { rows, whole, left, tagged } = endpointsOf(run, MOST_ENDPOINTS)
  const all = [...rows, ...tagged, ...(whole === undefined ? [] : [whole])]
  const streams = rows.some(({ ttft }) => ttft !== '')
  const cells = all.map((row) => cellsOf(row).concat(streams ? [row.ttft] : []))
  const head = ['Endpoint', 'Requests', 'p50', 'p95', 'p99', 'Failed'].concat(
    streams ? ['TTFT p95'] : [],
  )
  const more = left === 0 ? '' : `\n\n${counted(left, 'more endpoint')} in the run file.`
  return `${markdownTable(head, '-rrrrrr', cells)}${more}`
}

const cellsOf = ({ name, requests, p50, p95, p99, failed }: EndpointFigures): string[] => [
  escapeMarkdown(name),
  requests,
  p50,
  p95,
  p99,
  failed,
]

function groupsTable(run: RunData): string {
  const { rows } = groupsOf(run, MOST_ENDPOINTS)
  return markdownTable(
    ['Group', 'Times', 'p50', 'p95', 'p99', 'Failed'],
    '-rrrrr',
    rows.map(cellsOf),
  )
}

function checksTable(run: RunData): string {
  const { whole, failed } = checksOf(run, MOST_ERRORS)
  if (whole === undefined) return ''
  const rows = failed.map(({ times, name, said }) => [
    times,
    escapeMarkdown(name),
    escapeMarkdown(said),
  ])
  const counts = `Checks: ${escapeMarkdown(whole)}`
  return rows.length === 0
    ? counts
    : `${counts}\n\n${markdownTable(['Failed', 'Check', 'Said'], 'r--', rows)}`
}

function errorsTable(run: RunData): string {
  const rows = failuresOf(run)
    .slice(0, MOST_ERRORS)
    .map((group) => {
      const { what, said } = describeError(group)
      return [formatNumber(group.count), escapeMarkdown(what), escapeMarkdown(said)]
    })
  return markdownTable(['Times', 'Error', 'Said'], 'r--', rows)
}
