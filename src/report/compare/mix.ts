import type { RunRecord } from '../../run-file/run-record.ts'
import { formatNumber } from '../../units/format.ts'
import type { Ratio } from '../../units/units.ts'
import { cleanText } from '../clean-text.ts'

/** Shares of requests may differ by so much before figures of all together are of something else. */
const MOST_APART: Ratio = 0.1

/**
 * Why percentiles of all requests together say nothing: an endpoint has another share of them, so that
 * they may change while no endpoint does. `undefined` when they may be compared.
 */
export function mixOf(base: RunRecord, head: RunRecord): string | undefined {
  const [before, after] = [sharesOf(base), sharesOf(head)]
  const names = [...new Set([...before.keys(), ...after.keys()])]
  const apart = names
    .map((name) => ({ name, from: before.get(name) ?? 0, to: after.get(name) ?? 0 }))
    .toSorted((left, right) => Math.abs(right.to - right.from) - Math.abs(left.to - left.from))[0]
  if (apart === undefined || Math.abs(apart.to - apart.from) <= MOST_APART) return undefined
  const percent = (share: Ratio): string => `${formatNumber(Math.round(share * 100))} %`
  return `another mix: ${cleanText(apart.name)} was ${percent(apart.from)} of all requests, then ${percent(apart.to)}`
}

function sharesOf({ requests }: RunRecord): ReadonlyMap<string, Ratio> {
  const all = requests.reduce((sum, { count }) => sum + count, 0)
  return new Map(all === 0 ? [] : requests.map(({ name, count }) => [name, count / all]))
}
