import { intervalText } from '../../limits/proof-words.ts'
import type { Verdict } from '../../limits/verdict.ts'
import { cleanText } from '../clean-text.ts'
import { limitOf, measuredOf } from '../figures.ts'
import { byUrgency, marginOf } from '../margin.ts'
import { isOpen } from '../not-proven.ts'
import type { LimitLine } from './charted.ts'
import type { LimitRow } from './report-page.ts'
import { shortened } from './short.ts'

/** The limits of a test: failures in their order, then the passed ones, the tightest first. */
export function limitRows(verdicts: readonly Verdict[]): readonly LimitRow[] {
  const { failed, passed } = byUrgency(verdicts)
  return [...failed, ...passed].map((verdict) => {
    const measured = measuredOf(verdict)
    const bar = barOf(verdict)
    return {
      status: verdict.status,
      subject: cleanText(verdict.subject),
      measured,
      limit: limitOf(verdict).replace(/^limit /, verdict.operator === 'at most' ? '≤ ' : '≥ '),
      margin: [verdict.band ?? '', marginOf(verdict)].filter((each) => each !== '').join(', '),
      interval: intervalText(verdict.proof, verdict.unit, measured),
      open: isOpen(verdict),
      warning: verdict.band === 'warning',
      ...(bar !== undefined && { bar }),
    }
  })
}

/** Room beside the greater of both. */
const ROOM = 1.12

/**
 * From 0 to a little more than the greater of both; a share that is to be nearly all (99 %) from where
 * the difference can be seen.
 */
function barOf({ measured, limit, unit, operator }: Verdict): LimitRow['bar'] {
  const value = measured === 'never' ? limit * 4 : measured
  if (value === undefined || !Number.isFinite(value) || limit < 0) return undefined
  const nearlyAll = unit === 'ratio' && limit > 0.5
  const from = nearlyAll ? Math.max(0, 2 * Math.min(value, limit) - 1) : Math.min(0, value)
  const to = nearlyAll ? 1 : Math.max(value, limit) * ROOM
  if (to <= from) return undefined
  const place = (each: number): number =>
    shortened(Math.min(1, Math.max(0, (each - from) / (to - from))))
  return { measured: place(value), limit: place(limit), least: operator === 'at least' }
}

/** Limits that can be drawn over a load: of latencies, whole or of one request. */
export const limitLines = (verdicts: readonly Verdict[], load: string): readonly LimitLine[] =>
  verdicts.flatMap(({ subject, metric, limit, unit, run, negated, baseline }) => {
    const of = / latency of (.+)$/.exec(subject)?.[1]
    if (of === undefined || unit !== 'ms' || negated || baseline !== undefined) return []
    if (run !== undefined && run !== load) return []
    return [{ metric, value: limit, unit, of: of === 'all requests' ? '' : cleanText(of) }]
  })
