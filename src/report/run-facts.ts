import type { RunData } from '../load/load-run.ts'
import type { ErrorGroup } from '../metrics/error-groups.ts'
import type { MetricFigures } from '../metrics/metric-store.ts'
import { formatMs, formatNumber, formatRate, formatRatio } from '../units/format.ts'
import { arrivalWarnings, openFacts, serviceTimesOf } from './arrival-facts.ts'
import { cleanText } from './clean-text.ts'
import { courseNotes, courseWarnings } from './course-facts.ts'
import { generatorWarnings } from './generator-facts.ts'
import { counted, figure } from './figures.ts'
import { judgedOf, usersOf } from './load-facts.ts'
import { changesByHand } from '../load/was-steered.ts'
import { climbOf } from './step-figures.ts'
import { bufferedWarnings, chunkNotes } from './token-facts.ts'

/** Changes by hand that are told. */
const MOST_CHANGES = 3

/** The load in a few words: `30 s · 100 users · 12,034 requests · 401/s · seed 43`. */
export function factsOf(run: RunData): string {
  const { shape, iterations, requests, count, ownFailures, failed, throughput } = run
  const done =
    requests.length > 0
      ? counted(count - ownFailures, 'request')
      : counted(iterations.count, 'iteration')
  const load = shape.model === 'open' ? openFacts(shape, run) : [climbOf(run) ?? usersOf(shape)]
  const facts = [judgedOf(run), ...load, done]
  if (throughput.mean !== undefined) {
    facts.push(`${formatRate(throughput.mean)}${failed > 0 ? ' succeeded' : ''}`)
  }
  return [...facts, `seed ${run.seed}`].join(' · ')
}

/** What a reader must know before believing the figures; empty for a run that went as planned. */
export function warningsOf(run: RunData): readonly string[] {
  const { ending, reason, elapsed, phases } = run
  const why = reason === undefined ? '' : `: ${cleanText(reason)}`
  const after = `after ${formatMs(elapsed)}`
  const cut = cutOffOf(run)
  const phaseFailures = phases
    .filter(({ summary }) => summary.failed > 0)
    .map(({ name, summary }) => {
      const share = `${formatNumber(summary.failed)} of ${counted(summary.count, 'request')} failed`
      return `${name}: ${share}, not counted in these figures`
    })
  const early = {
    complete: [],
    interrupted: [`interrupted ${after}${why}: partial figures`],
    aborted: [`aborted ${after}${why}`],
    stopped: [`stopped ${after}${why}`],
    deadline: [`stopped at its own deadline ${after}`],
  }
  return [
    ...early[ending],
    ...steeredOf(run),
    ...generatorWarnings(run),
    ...courseWarnings(run),
    ...arrivalWarnings(run),
    ...bufferedWarnings(run),
    ...cut,
    ...phaseFailures,
  ]
}

/** `steered by hand: users 10 → 50, users 50 → 20`, and what follows from it; the newest if many. */
function steeredOf(run: RunData): readonly string[] {
  const changes = changesByHand(run).map(cleanText)
  if (changes.length === 0) return []
  const earlier = changes.length - MOST_CHANGES
  const first = earlier > 0 ? [counted(earlier, 'earlier change')] : []
  const all = [...first, ...changes.slice(-MOST_CHANGES)].join(', ')
  return [
    `steered by hand: ${all}`,
    'so verdicts are of the load as it went, not as its test has it',
  ]
}

function cutOffOf({ outcomes, iterations, ending }: RunData): readonly string[] {
  const { cutOff = 0 } = outcomes
  if (cutOff === 0) return []
  const said = `${counted(cutOff, 'request')} cut off at the end, not in these figures`
  // An iteration that is cut off too had waited for them.
  const awaited = iterations.aborted > 0 || ending !== 'complete'
  return awaited ? [said] : [said, 'their iterations had ended before: was a call not awaited?']
}

/** `profile smoke, PERF_USERS 5`: where the options came from, when a profile was looked up. */
export const sourceOf = ({ source }: RunData): readonly string[] =>
  source === undefined ? [] : [cleanText(source)]

/** What the times of the table are of, and what they leave out: a percentile limit counts failures, these figures do not. */
export const timesOf = (run: RunData): readonly string[] => [
  ...(run.failed > 0 && run.ok > 0
    ? [`times are of the ${counted(run.ok, 'success', 'successes')}`]
    : []),
  ...serviceTimesOf(run),
  ...chunkNotes(run),
  ...courseNotes(run),
]

/** Metrics of the suite's own: `tokens 12,034 · render p95 12 ms`; `undefined` when there is none. */
export const metricsOf = ({ metrics }: RunData): string | undefined =>
  metrics.length === 0 ? undefined : metrics.map(describeMetric).join(' · ')

function describeMetric(metric: MetricFigures): string {
  return `${cleanText(metric.name)} ${figureOf(metric)}`
}

function figureOf(metric: MetricFigures): string {
  switch (metric.kind) {
    case 'timing':
      return `p95 ${figure(metric.values.p95, formatMs)}`
    case 'counter':
      return formatNumber(metric.total)
    case 'gauge':
      return `${formatNumber(metric.last)}, at most ${formatNumber(metric.max)}`
    case 'rate':
      return formatRatio(metric.ratio)
    default:
      return metric satisfies never
  }
}

/** Metrics by the values of their tags: `render by page  cart p95 15 ms · home p95 12 ms`. */
export function taggedMetricsOf({ metrics }: RunData, most: number): readonly string[] {
  return metrics.flatMap(({ name, tagged = [] }) =>
    [...Map.groupBy(tagged, ({ tag }) => tag)].map(([tag, all]) => {
      const shown = all.slice(0, most).map((each) => `${cleanText(each.value)} ${figureOf(each)}`)
      const more = all.length > most ? [`${formatNumber(all.length - most)} more`] : []
      return `${cleanText(name)} by ${cleanText(tag)}: ${[...shown, ...more].join(' · ')}`
    }),
  )
}

/** The failures of a run, the commonest first; what the end of the run cut off is none. */
export const failuresOf = ({ errors }: RunData): readonly ErrorGroup[] => errors

/** `503 POST /checkout` and `{"error":"pool exhausted"}`: what failed how, and what it said. */
export function describeError({ kind, name, message, first }: ErrorGroup): {
  readonly what: string
  readonly said: string
} {
  const how = first.status === undefined ? kind : String(first.status)
  if (name === '(others)') return { what: `${kind}, of other kinds`, said: '' }
  return { what: cleanText(`${how} ${name}`), said: cleanText(first.body ?? message) }
}
