import type { Tick } from '../load/tick.ts'
import { formatMs, formatNumber, formatRate } from '../units/format.ts'
import { cleanText } from './clean-text.ts'
import { displayWidth, fit } from './display-width.ts'
import { counted } from './figures.ts'
import { missedOf, timeOf, titleOf } from './live.ts'
import { dim, red, renderLine, type Terminal } from './styled-line.ts'

/** A title is cut for what it does, but not beyond this. */
const LEAST_TITLE = 16

/** A load under way as a line of a log: `↗ nightly  3m 9s of 5m · 6 failed · p95 93 ms · 210/s · 200 users`. */
export function heartbeat(tick: Tick, terminal: Terminal): string {
  const { users, rate, failed, p95, phase, part } = tick
  const missed = missedOf(tick).length
  const facts = [
    timeOf(tick),
    ...(part === undefined && phase === 'steady' ? [] : [part ?? phase]),
    ...(missed === 0 ? [] : [`${counted(missed, 'limit')} missed`]),
    ...(failed === 0 ? [] : [`${formatNumber(failed)} failed`]),
    ...(p95 === undefined ? [] : [`p95 ${formatMs(p95)}`]),
    ...(rate === undefined ? [] : [formatRate(Math.round(rate))]),
    counted(users, 'user'),
  ]
  return lineOf(tick, facts, { terminal, alarming: missed > 0 })
}

/** What was done to a load, as a line of a log: `↗ nightly  3m 9s of 5m · steered by hand: users 10 → 50`. */
export const steeredLine = (tick: Tick, text: string, terminal: Terminal): string =>
  lineOf(tick, [timeOf(tick), `steered by hand: ${cleanText(text)}`], { terminal, alarming: false })

function lineOf(
  tick: Tick,
  said: readonly string[],
  { terminal, alarming }: { readonly terminal: Terminal; readonly alarming: boolean },
): string {
  const facts = [...said]
  const room = terminal.columns - ' ↗   '.length
  const name = titleOf(tick)
  const least = Math.min(displayWidth(name), LEAST_TITLE)
  while (facts.length > 1 && displayWidth(facts.join(' · ')) > room - least) facts.pop()
  const rest = facts.join(' · ')
  const title = fit(name, Math.max(least, room - displayWidth(rest)))
  return renderLine([' ↗ ', title, '  ', alarming ? red(rest) : dim(rest)], terminal)
}
