import type { RunData } from '../../load/load-run.ts'
import type { Window } from '../../metrics/timeline.ts'
import { joinCells } from '../../metrics/cell.ts'
import { quantile } from '../../stats/histogram.ts'
import { formatMs, formatNumber } from '../../units/format.ts'
import type { Ms } from '../../units/units.ts'
import type { RunRecord } from '../../run-file/run-record.ts'
import { cleanText } from '../clean-text.ts'
import type { OperationPage } from './report-page.ts'

/** Fewer epochs have no first and last third worth the name. */
const LEAST_EPOCHS = 9
/** Fewer answers in a third have no p95. */
const LEAST_ANSWERS = 100
/** Less of a rise than this is no news. */
const RISE = 1.5
const MOST = 3

/** What became slower from the first to the last third of the judged time: first all together, then by name. */
export function slowerInRun({ timeline }: RunData, record: RunRecord): readonly string[] {
  if (timeline.length < LEAST_EPOCHS) return []
  const third = Math.floor(timeline.length / 3)
  const whole = rise('all requests', p95Of(timeline.slice(0, third)), p95Of(timeline.slice(-third)))
  const each = record.requests.flatMap(({ name, course }) => {
    if (course === undefined) return []
    const enough = (counts: readonly number[]): boolean =>
      counts.reduce((sum, count) => sum + count, 0) >= LEAST_ANSWERS
    if (!enough(course.ok.slice(0, third)) || !enough(course.ok.slice(-third))) return []
    const found = rise(
      cleanText(name),
      middle(course.p95.slice(0, third)),
      middle(course.p95.slice(-third)),
    )
    return found === undefined ? [] : [found]
  })
  const worst = each.toSorted((left, right) => right.times - left.times).slice(0, MOST)
  return [...(whole === undefined ? [] : [whole]), ...worst].map(
    ({ name, from, to, times }) =>
      `p95 of ${name} rose in the course of the load: ${formatMs(from)} in its first third, ${formatMs(to)} in its last (${formatNumber(times)}×)`,
  )
}

interface Rise {
  readonly name: string
  readonly from: Ms
  readonly to: Ms
  readonly times: number
}

function rise(name: string, from: Ms | undefined, to: Ms | undefined): Rise | undefined {
  if (from === undefined || to === undefined || from <= 0 || to < RISE * from) return undefined
  return { name, from, to, times: to / from }
}

function p95Of(windows: readonly Window[]): Ms | undefined {
  const { latency } = joinCells(windows)
  return latency.count < LEAST_ANSWERS ? undefined : quantile(latency, 95)
}

/** The median of what is known. */
function middle(values: readonly (Ms | null)[]): Ms | undefined {
  const known = values.filter((value) => value !== null).toSorted((left, right) => left - right)
  return known[Math.floor(known.length / 2)]
}

/** What is slower than in the baseline, and by more than noise. */
export const slowerThanBaseline = (requests: readonly OperationPage[]): readonly string[] =>
  requests
    .filter(({ change }) => change?.tone === 'worse')
    .toSorted((left, right) => (right.p95 ?? 0) - (left.p95 ?? 0))
    .slice(0, MOST)
    .map(
      ({ name, p95, change }) =>
        `p95 of ${name} is ${formatMs(p95 ?? 0)}: ${change?.text} beside the baseline`,
    )
