import type { RunData } from '../../load/load-run.ts'
import type { Verdict } from '../../limits/verdict.ts'
import type { SeriesPoint } from '../../monitors/bounded-series.ts'
import type { Ms } from '../../units/units.ts'
import { wasSteered } from '../../load/was-steered.ts'
import { cleanText } from '../clean-text.ts'
import { checksOf } from '../check-facts.ts'
import { connectionsOf } from '../connection-facts.ts'
import { groupsOf } from '../endpoint-figures.ts'
import { factsOf, metricsOf, sourceOf, taggedMetricsOf, timesOf, warningsOf } from '../run-facts.ts'
import { repeatsOf } from '../repeat-figures.ts'
import { nodeOf, serviceOf } from '../service-facts.ts'
import { socketsOf } from '../socket-facts.ts'
import { STEP_HEAD, stepFacts, stepRows } from '../step-figures.ts'
import { stopsOf, tokensOf } from '../token-facts.ts'
import { bandsOf, epochsOf, judgedFrom } from './epochs.ts'
import { errorsOf, failuresByKind } from './errors.ts'
import { kpisOf } from './kpis.ts'
import { limitLines } from './limit-rows.ts'
import { requestsOf, wholeOf, type Load } from './operations.ts'
import type { Line, Mark } from './charted.ts'
import type { Fact, LoadPage, Table } from './report-page.ts'
import { short, shortened } from './short.ts'
import { slowerInRun, slowerThanBaseline } from './slower.ts'
import { streamsOf } from './streams.ts'
import { trustOf } from './trust.ts'

/** A load of a test; `verdicts` are those of its test. */
export function loadPage(
  load: Load,
  verdicts: readonly Verdict[],
  { title, baseline }: { readonly title: string; readonly baseline: Load | undefined },
): LoadPage {
  const { run, record } = load
  const whole = wholeOf(load, baseline)
  const requests = requestsOf(load, baseline)
  const epochs = epochsOf(run)
  return {
    title,
    facts: factsOf(run),
    warnings: warningsOf(run),
    steered: wasSteered(run),
    trust: trustOf(run, verdicts.filter(isOf(run))),
    kpis: kpisOf(load, whole, baseline),
    slower: [...slowerThanBaseline(requests), ...slowerInRun(run, record)],
    bands: bandsOf(run),
    marks: marksOf(run),
    epochs: {
      at: epochs.map(({ at }) => Math.round(at)),
      width: epochs.map(({ width }) => Math.round(width)),
    },
    users: epochs.map(({ window }) => short(window.users)),
    limits: limitLines(verdicts, run.title),
    whole,
    requests,
    streams: streamsOf(run),
    failures: failuresByKind(run),
    errors: errorsOf(run),
    ...watchedLines(run),
    tables: tablesOf(run),
    details: detailsOf(run),
  }
}

const marksOf = (run: RunData): readonly Mark[] =>
  (run.marks ?? []).map(({ at, text }) => ({
    at: Math.round(judgedFrom(run) + at),
    text: cleanText(text),
  }))

/** A verdict that does not say its run may be of any. */
const isOf =
  ({ title }: RunData) =>
  ({ run }: Verdict): boolean =>
    run === undefined || run === title

function watchedLines(run: RunData): Pick<LoadPage, 'memory' | 'cpu' | 'generator'> {
  const judged = judgedFrom(run)
  const from = run.watchedFrom === undefined ? 0 : judged + run.watchedFrom
  return {
    memory: line(run.memory.series, from),
    cpu: line(run.cpu.series, from),
    generator: line(run.generator?.loop.series ?? [], judged),
  }
}

const line = (series: readonly SeriesPoint[], from: Ms): Line | undefined =>
  series.length < 2
    ? undefined
    : {
        at: series.map(({ at }) => Math.round(from + at)),
        values: series.map(({ value }) => shortened(value)),
      }

const MOST_ROWS = 50

function tablesOf(run: RunData): readonly Table[] {
  const [steps] = stepRows(run, MOST_ROWS)
  const groups = groupsOf(run, MOST_ROWS).rows
  const checks = checksOf(run, MOST_ROWS)
  const tables: Table[] = [
    { title: 'Steps', head: STEP_HEAD, rows: steps.map(({ cells }) => cells) },
    {
      title: 'Groups',
      head: ['group', 'times', 'p50', 'p95', 'p99', 'failed'],
      rows: groups.map(({ name, requests, p50, p95, p99, failed }) => [
        name,
        requests,
        p50,
        p95,
        p99,
        failed,
      ]),
    },
    {
      title: 'Checks that failed',
      head: ['check', 'times', 'first message'],
      rows: checks.failed.map(({ name, times, said }) => [name, times, said]),
    },
  ]
  return tables.filter(({ rows }) => rows.length > 0)
}

const MOST_VALUES = 8

function detailsOf(run: RunData): readonly Fact[] {
  const all: readonly (readonly [string, string | undefined])[] = [
    ...sourceOf(run).map((text) => ['Options', text] as const),
    ...stepFacts(run).map((text) => ['Steps', text] as const),
    ...timesOf(run).map((text) => ['Times', text] as const),
    ['Repeated', repeatsOf(run)],
    ['Service', serviceOf(run)],
    ['Service in Node', nodeOf(run)],
    ['New connections', connectionsOf(run)],
    ['Tokens', tokensOf(run)],
    ['Stopped streams', stopsOf(run)],
    ['Sockets', socketsOf(run)],
    ['Checks', checksOf(run, 0).whole],
    ['Own metrics', metricsOf(run)],
    ...taggedMetricsOf(run, MOST_VALUES).map((text) => ['', text] as const),
  ]
  return all.flatMap(([label, text]): Fact[] => (text === undefined ? [] : [[label, text]]))
}
