import type { Tick } from '../load/tick.ts'
import type { Verdict } from '../limits/verdict.ts'
import { formatMs, formatNumber, formatRate, formatRatio } from '../units/format.ts'
import type { Ms } from '../units/units.ts'
import { cleanText } from './clean-text.ts'
import { counted, figure, limitOf, measuredOf } from './figures.ts'
import { displayWidth, fit } from './display-width.ts'
import { bold, dim, green, red, renderLine, type Line, type Terminal } from './styled-line.ts'

/** Limits that are shown while a load runs: those that are missed, then others. */
const MOST_LIMITS = 3
const BAR = 22
/** A title is cut for what it does, but not beyond this. */
const LEAST_TITLE = 16

/** A load under way as a block of a few lines, for a terminal that redraws them. */
export function liveLines(tick: Tick, terminal: Terminal): readonly string[] {
  const lines: Line[] = [
    [' ↗ ', bold(titleOf(tick)), '  ', dim(tick.part ?? tick.phase)],
    ['   ', ...barOf(tick), `${timeOf(tick)}   ${trafficOf(tick).join('   ')}`],
    ...(tick.p50 === undefined ? [] : [['   ', timesOf(tick)]]),
    ...(tick.note === undefined ? [] : [['   ', dim(cleanText(tick.note))]]),
    ...shownOf(tick.verdicts, MOST_LIMITS).map(verdictLine),
  ]
  return lines.map((line) => renderLine(line, terminal))
}

/** The same in one line, for a log: `↗ nightly  3m 9s of 5m · 6 failed · p95 93 ms · 210/s · 200 users`. */
export function heartbeat(tick: Tick, terminal: Terminal): string {
  const { users, rate, failed, p95, phase, part } = tick
  const missed = shownOf(tick.verdicts, Infinity).filter(({ status }) => status === 'fail').length
  const facts = [
    timeOf(tick),
    ...(part === undefined && phase === 'steady' ? [] : [part ?? phase]),
    ...(missed === 0 ? [] : [`${counted(missed, 'limit')} missed`]),
    ...(failed === 0 ? [] : [`${formatNumber(failed)} failed`]),
    ...(p95 === undefined ? [] : [`p95 ${formatMs(p95)}`]),
    ...(rate === undefined ? [] : [formatRate(Math.round(rate))]),
    counted(users, 'user'),
  ]
  const room = terminal.columns - ' ↗   '.length
  const name = titleOf(tick)
  const least = Math.min(displayWidth(name), LEAST_TITLE)
  while (facts.length > 1 && displayWidth(facts.join(' · ')) > room - least) facts.pop()
  const rest = facts.join(' · ')
  const title = fit(name, Math.max(least, room - displayWidth(rest)))
  return renderLine([' ↗ ', title, '  ', missed === 0 ? dim(rest) : red(rest)], terminal)
}

/** What a test calls itself; its groups are told by the lines of Vitest. */
const titleOf = ({ title }: Tick): string => cleanText(title.split(' > ').at(-1) ?? title)

function barOf({ elapsed, length }: Tick): Line {
  if (length === undefined || length === 0) return []
  const full = Math.min(BAR, Math.round((elapsed / length) * BAR))
  return [green('━'.repeat(full)), dim('─'.repeat(BAR - full)), ' ']
}

const seconds = (time: Ms): string => formatMs(Math.round(time / 1_000) * 1_000)

const timeOf = ({ elapsed, length }: Tick): string =>
  length === undefined ? seconds(elapsed) : `${seconds(elapsed)} of ${formatMs(length)}`

function trafficOf({ users, rate, count, failed }: Tick): string[] {
  const share = count === 0 ? '' : ` (${formatRatio(failed / count)})`
  return [
    counted(users, 'user'),
    ...(rate === undefined ? [] : [formatRate(Math.round(rate))]),
    ...(failed === 0 ? [] : [`${formatNumber(failed)} failed${share}`]),
  ]
}

const timesOf = ({ p50, p95, p99 }: Tick): string =>
  `p50 ${figure(p50, formatMs)}   p95 ${figure(p95, formatMs)}   p99 ${figure(p99, formatMs)}`

/** What was not measured yet is not missed yet. */
function shownOf(verdicts: readonly Verdict[], most: number): readonly Verdict[] {
  const measured = verdicts.filter((each) => each.measured !== undefined)
  const missed = measured.filter(({ status }) => status === 'fail')
  const met = measured.filter(({ status }) => status === 'pass')
  return [...missed, ...met].slice(0, most)
}

const verdictLine = (verdict: Verdict): Line => [
  '   ',
  verdict.status === 'pass' ? green('✓') : red('✗'),
  ` ${cleanText(verdict.subject)}  ${measuredOf(verdict)}  `,
  dim(limitOf(verdict)),
]
