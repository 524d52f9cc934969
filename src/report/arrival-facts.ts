import type { RunData } from '../load/load-run.ts'
import type { OpenShape } from '../load/load-shape.ts'
import { LATE } from '../metrics/arrivals.ts'
import { formatMs, formatNumber, formatRate } from '../units/format.ts'
import { counted, figure } from './figures.ts'

/** Late starts beyond this share are worth a warning; a few happen to any process. */
const MANY_LATE = 0.05

/** What an open load reached of what it asked for, and with how many: `198 of 200/s started`, `up to 37 users`. */
export function openFacts(shape: OpenShape, { arrivals, duration, timeline }: RunData): string[] {
  const users = Math.max(0, ...timeline.map((window) => window.users ?? 0))
  const started = duration > 0 ? (arrivals?.started ?? 0) / (duration / 1_000) : undefined
  return [
    `${figure(started, formatNumber)} of ${askedOf(shape)} started`,
    `up to ${counted(users, 'user')}`,
  ]
}

/** `200/s`, or from the lowest to the highest: `50–200/s`. */
function askedOf({ stretches }: OpenShape): string {
  const rates = stretches.flatMap(({ from, to }) => [from, to])
  const [least, most] = [Math.min(...rates), Math.max(...rates)]
  return least === most ? formatRate(most) : `${formatNumber(least)}–${formatRate(most)}`
}

/** `6,000 · 0 dropped · 3 late · lag p50 0.4 ms, p99 1.1 ms` */
export function arrivalsOf({ arrivals }: RunData): string | undefined {
  if (arrivals === undefined) return undefined
  const { intended, late, dropped, lag } = arrivals
  return [
    formatNumber(intended),
    `${formatNumber(dropped)} dropped`,
    `${formatNumber(late)} late`,
    `lag p50 ${figure(lag.p50, formatMs)}, p99 ${figure(lag.p99, formatMs)}`,
  ].join(' · ')
}

/** What of the arrivals makes the other figures doubtful. */
export function arrivalWarnings({ arrivals, shape }: RunData): string[] {
  if (arrivals === undefined || shape.model !== 'open') return []
  const { intended, started, late, dropped } = arrivals
  const warnings: string[] = []
  if (dropped > 0) {
    const share = `${formatNumber(dropped)} of ${counted(intended, 'arrival')} dropped`
    warnings.push(`${share}, all ${counted(shape.users, 'user')} busy: not in these times`)
  }
  if (late > MANY_LATE * started) {
    const share = `${formatNumber(late)} of ${counted(started, 'start')}`
    warnings.push(`${share} more than ${formatMs(LATE)} late: this machine was too busy`)
  }
  return warnings
}

/** In an open load the times of the table count from the intended start. */
export function serviceTimesOf({ service }: RunData): string[] {
  if (service.count === 0) return []
  const { p50, p95, p99 } = service
  const times = `p50 ${figure(p50, formatMs)} · p95 ${figure(p95, formatMs)} · p99 ${figure(p99, formatMs)}`
  return [`from the intended start; service time ${times}`]
}
