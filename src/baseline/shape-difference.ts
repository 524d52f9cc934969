import type { LoadShape } from '../load/load-shape.ts'
import { formatMs, formatNumber } from '../units/format.ts'

/** In what two loads differ: `users 5 → 10, duration 2 s → 5 s`; `undefined` when they are alike. */
export function shapeDifference(before: LoadShape, now: LoadShape): string | undefined {
  const [left, right] = [fieldsOf(before), fieldsOf(now)]
  const names = [...new Set([...Object.keys(left), ...Object.keys(right)])]
  const changed = names.filter((name) => JSON.stringify(left[name]) !== JSON.stringify(right[name]))
  if (changed.length === 0) return undefined
  return changed
    .map(
      (name) => `${WORDS[name] ?? name} ${shown(name, left[name])} → ${shown(name, right[name])}`,
    )
    .join(', ')
}

/** Through JSON, as the shape that was read has been; a time of nothing is as good as none. */
function fieldsOf(shape: LoadShape): Readonly<Record<string, unknown>> {
  const plain = JSON.parse(JSON.stringify(shape)) as Record<string, unknown>
  return Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== 0))
}

const WORDS: Readonly<Record<string, string>> = {
  rampUp: 'ramp-up',
  warmUp: 'warm-up',
  rampDown: 'ramp-down',
  iterationsPerUser: 'iterations of each user',
  stretches: 'rates',
}

const TIMES = ['rampUp', 'warmUp', 'rampDown', 'duration']

function shown(name: string, value: unknown): string {
  if (value === undefined) return name === 'judge' ? 'steady' : 'none'
  if (typeof value === 'number') return TIMES.includes(name) ? formatMs(value) : formatNumber(value)
  if (Array.isArray(value)) return coursesOf(value)
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** `0→50 in 10 s, 50→50 in 1m` of stages and rates. */
const coursesOf = (
  stretches: readonly { readonly from: number; readonly to: number; readonly duration: number }[],
): string =>
  `(${stretches.map(({ from, to, duration }) => `${formatNumber(from)}→${formatNumber(to)} in ${formatMs(duration)}`).join(', ')})`
