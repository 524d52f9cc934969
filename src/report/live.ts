import type { Tick } from '../load/tick.ts'
import type { Verdict } from '../limits/verdict.ts'
import { formatMs, formatNumber, formatRate, formatRatio } from '../units/format.ts'
import type { Ms } from '../units/units.ts'
import { cleanText } from './clean-text.ts'
import { counted, figure, limitOf, measuredOf } from './figures.ts'
import { healthWarnings } from './generator-facts.ts'
import { sparkline } from './sparkline.ts'
import {
  bold,
  dim,
  green,
  red,
  renderLine,
  yellow,
  type Line,
  type Terminal,
} from './styled-line.ts'

/** Limits that are shown while a load runs: those that are missed, then others. */
const MOST_LIMITS = 3
const BAR = 22
/** Columns of the course of the p95. */
const COURSE = 16

/** A load under way as a block of a few lines, for a terminal that redraws them. */
export function liveLines(tick: Tick, terminal: Terminal): readonly string[] {
  const { p50, note, generator, steered = [] } = tick
  const last = steered.at(-1)
  const lines: Line[] = [
    [' ↗ ', bold(titleOf(tick)), '  ', dim(tick.part ?? tick.phase)],
    ['   ', ...barOf(tick), `${timeOf(tick)}   ${trafficOf(tick).join('   ')}`],
    ...(p50 === undefined ? [] : [['   ', ...timesOf(tick)]]),
    ...(note === undefined ? [] : [['   ', dim(cleanText(note))]]),
    ...(last === undefined ? [] : [['   ', yellow(`steered by hand: ${cleanText(last.text)}`)]]),
    ...shownOf(tick.verdicts).map(verdictLine),
    ...(generator === undefined ? [] : healthWarnings(generator)).map(warningLine),
  ]
  return lines.map((line) => renderLine(line, terminal))
}

/** What stands below all loads: how to see more of them, and how to end them. */
export function liveFooter(
  { dashboard, stop }: { readonly dashboard: string | undefined; readonly stop: boolean },
  terminal: Terminal,
): readonly string[] {
  return [
    // It is for a click: a part of it leads nowhere.
    ...(dashboard === undefined
      ? []
      : [renderLine(['   ', dashboard], { ...terminal, columns: Infinity })]),
    ...(stop ? [renderLine(['   ', dim('Ctrl+C: stop and keep the results')], terminal)] : []),
  ]
}

/** What a test calls itself; its groups are told by the lines of Vitest. */
export const titleOf = ({ title }: Tick): string => cleanText(title.split(' > ').at(-1) ?? title)

/** `3m 9s of 5m` */
export const timeOf = ({ elapsed, length }: Tick): string =>
  length === undefined ? seconds(elapsed) : `${seconds(elapsed)} of ${seconds(length)}`

/** Those that are missed; what was not measured yet is not missed yet. */
export const missedOf = ({ verdicts }: Pick<Tick, 'verdicts'>): readonly Verdict[] =>
  verdicts.filter(({ measured, status }) => measured !== undefined && status === 'fail')

function barOf({ elapsed, length }: Tick): Line {
  if (length === undefined || length === 0) return []
  const full = Math.min(BAR, Math.round((elapsed / length) * BAR))
  return [green('━'.repeat(full)), dim('─'.repeat(BAR - full)), ' ']
}

/** Of less than a second to the millisecond. */
const seconds = (time: Ms): string =>
  formatMs(time < 1_000 && time > 0 ? Math.round(time) : Math.round(time / 1_000) * 1_000)

function trafficOf({ users, rate, count, failed }: Tick): string[] {
  const share = count === 0 ? '' : ` (${formatRatio(failed / count)})`
  return [
    counted(users, 'user'),
    ...(rate === undefined ? [] : [formatRate(Math.round(rate))]),
    ...(failed === 0 ? [] : [`${formatNumber(failed)} failed${share}`]),
  ]
}

const TIMES = ['p50', 'p95', 'p99'] as const

/** The percentiles with their limits, and the course of the p95. */
function timesOf(tick: Tick): Line {
  const spans = TIMES.flatMap((name): Line => {
    const limit = tick.verdicts.find((verdict) => isOfWhole(verdict, name))
    const value = `${name} ${figure(tick[name], formatMs)}`
    const missed = limit !== undefined && missedOf({ verdicts: [limit] }).length > 0
    const bound = limit === undefined ? '' : ` (${limitOf(limit)})`
    return [missed ? red(value) : value, dim(bound), '   ']
  })
  const course = sparkline(tick.course ?? [], COURSE)
  return course === '' ? spans : [...spans, dim('p95 '), course]
}

/** A limit on a percentile of everything that the load did. */
const isOfWhole = ({ metric, subject }: Verdict, name: string): boolean =>
  metric === name && / latency of all (requests|iterations)$/.test(subject)

/** Missed ones first; one that stands beside its percentile is not said twice. */
function shownOf(verdicts: readonly Verdict[]): readonly Verdict[] {
  const missed = missedOf({ verdicts })
  const met = verdicts.filter(
    (each) =>
      each.measured !== undefined &&
      each.status === 'pass' &&
      !TIMES.some((name) => isOfWhole(each, name)),
  )
  return [...missed, ...met].slice(0, MOST_LIMITS)
}

const verdictLine = (verdict: Verdict): Line => [
  '   ',
  verdict.status === 'pass' ? green('✓') : red('✗'),
  ` ${cleanText(verdict.subject)}  ${measuredOf(verdict)}  `,
  dim(limitOf(verdict)),
]

const warningLine = (text: string): Line => ['   ', yellow(`! ${text}`)]
