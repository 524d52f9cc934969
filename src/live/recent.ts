import type { Cell } from '../metrics/cell.ts'
import { cleanText } from '../report/clean-text.ts'
import type { RecentCell, Replay } from '../run-file/replay.ts'
import { quantile } from '../stats/histogram.ts'
import type { Ms } from '../units/units.ts'
import type { RecentEndpoint } from './live-page.ts'

/** What is new enough to be called so. */
const RECENT: Ms = 10_000
/** A page shows no more; there may be hundreds. */
const MOST = 50

/** The endpoints of the last 10 s of the phase that is under way, the busiest first. */
export function recentOf(replay: Replay): readonly RecentEndpoint[] {
  const { within, cells } = replay.recent(RECENT)
  if (within === 0) return []
  return cells
    .toSorted((left, right) => countOf(right.cell) - countOf(left.cell))
    .slice(0, MOST)
    .map((each) => toEndpoint(each, within))
}

const countOf = ({ ok, failed }: Cell): number => ok + failed

function toEndpoint({ name, cell }: RecentCell, within: Ms): RecentEndpoint {
  const count = countOf(cell)
  const percentile = (p: number): Ms | null => quantile(cell.latency, p) ?? null
  return {
    name: cleanText(name),
    perSecond: (count / within) * 1_000,
    errorRate: count === 0 ? null : cell.failed / count,
    p50: percentile(50),
    p95: percentile(95),
    p99: percentile(99),
  }
}
