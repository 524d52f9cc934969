import type { Ratio } from '../units/units.ts'
import type { Verdict } from '../limits/verdict.ts'
import { courseOf } from './baseline-figures.ts'
import { formatNumber, formatRatio } from '../units/format.ts'

/** How far a figure is from its limit, in words; empty where there is nothing to say. */
export function marginOf(verdict: Verdict): string {
  const { measured, limit, unit, operator, status, negated, baseline } = verdict
  if (baseline !== undefined) return courseOf(baseline)
  if (measured === 'never' && status === 'fail') return 'too many failed'
  if (typeof measured !== 'number' || negated) return ''
  if (status === 'pass') return spare(room(verdict))
  const gap = Math.abs(measured - limit)
  const side = operator === 'at most' ? 'over' : 'under'
  if (unit === 'ratio') return `${formatRatio(gap).replace(' %', '')} points ${side}`
  if (limit <= 0) return ''
  const times = measured / limit
  return times >= 2 ? `${formatNumber(times)}× the limit` : `${percent(gap / limit)} ${side}`
}

/** Failures in their order, then the passed ones, the tightest first. */
export function byUrgency(verdicts: readonly Verdict[]): {
  readonly failed: readonly Verdict[]
  readonly passed: readonly Verdict[]
} {
  const passed = verdicts.filter(({ status }) => status === 'pass')
  return {
    failed: verdicts.filter(({ status }) => status === 'fail'),
    passed: passed.toSorted((left, right) => (room(left) ?? Infinity) - (room(right) ?? Infinity)),
  }
}

/**
 * The share of what a limit allows that was not used, 0 on the limit. A success rate of 99.9 % with
 * 99 % asked for uses a tenth of the failures that it may have.
 */
function room({ measured, limit, unit, operator, negated }: Verdict): Ratio | undefined {
  if (typeof measured !== 'number' || negated) return undefined
  if (operator === 'at most') return limit > 0 ? (limit - measured) / limit : undefined
  const allowed = unit === 'ratio' ? 1 - limit : limit
  return allowed > 0 ? (measured - limit) / allowed : undefined
}

function spare(share: Ratio | undefined): string {
  if (share === undefined) return ''
  // What passes since it is not proven to be worse may lie beyond its limit.
  if (share < 0) return 'not proven'
  if (share >= 9.995) return `${formatNumber(share + 1)}× the limit`
  // Nearly all of it is not all of it.
  return `${percent(share < 1 ? Math.min(share, 0.99) : share)} spare`
}

/** Whole percents are enough for a margin; one that is nearly nothing keeps its digits. */
function percent(share: Ratio): string {
  const percents = share * 100
  return `${formatNumber(percents < 10 ? Number(percents.toPrecision(2)) : Math.round(percents))} %`
}
