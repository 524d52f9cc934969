import type { RunData } from '../../load/load-run.ts'
import type { CourseRecord } from '../../run-file/timeline-record.ts'
import { quantile } from '../../stats/histogram.ts'
import type { Ms } from '../../units/units.ts'
import type { Band, Course, LoadPage, Values } from './report-page.ts'
import { short } from './short.ts'

/** What a course is worked out from. */
type Timed = Pick<RunData, 'timeline' | 'duration'>

const DRAWN = { p50: 50, p90: 90, p95: 95, p99: 99 } as const

/** The course of the whole load, from the shapes of its epochs. */
export function wholeCourse({ timeline, duration }: Timed): Course {
  const widths = widthsOf({ timeline, duration })
  const percentiles = Object.entries(DRAWN).map(([name, percentile]) => [
    name,
    timeline.map(({ latency }) => short(quantile(latency, percentile))),
  ])
  return {
    percentiles: Object.fromEntries(percentiles) as Course['percentiles'],
    ok: timeline.map(({ ok }, at) => perSecond(ok, widths[at])),
    failed: timeline.map(({ failed }, at) => perSecond(failed, widths[at])),
    ...(timeline.some(({ tokens }) => tokens !== undefined) && {
      tokens: timeline.map(({ tokens = 0 }, at) => perSecond(tokens, widths[at])),
    }),
  }
}

/** That of one request, which the file keeps on the same epochs. */
export function requestCourse(record: CourseRecord | undefined, timed: Timed): Course | undefined {
  if (record === undefined) return undefined
  const widths = widthsOf(timed)
  const { ok, failed, p50, p95, tokens } = record
  const rate = (counts: readonly number[]): Values =>
    counts.map((count, at) => perSecond(count, widths[at]))
  return {
    percentiles: { p50, p95 },
    ok: rate(ok),
    failed: rate(failed),
    ...(tokens !== undefined && { tokens: rate(tokens) }),
  }
}

/**
 * How much of each epoch lies in the judged time. What ends after it began in it, so that its latency
 * counts; but a rate is of time in which something could begin.
 */
const widthsOf = ({ timeline, duration }: Timed): readonly Ms[] =>
  timeline.map(({ at, width }) => Math.max(0, Math.min(width, duration - at)))

/** Less than this of an epoch has no rate. */
const LEAST_WIDTH: Ms = 50

const perSecond = (count: number, width: Ms = 0): number | null =>
  width >= LEAST_WIDTH ? short(count / (width / 1_000)) : null

/** When the judged time began, from the start of the load. */
export const judgedFrom = ({ phases }: Pick<RunData, 'phases'>): Ms =>
  phases
    .filter(({ name }) => name === 'ramp-up' || name === 'warm-up')
    .reduce((sum, { summary }) => sum + summary.duration, 0)

/** The epochs of the load, from its start. */
export const epochsOf = (run: RunData): LoadPage['epochs'] => {
  const start = judgedFrom(run)
  return {
    at: run.timeline.map(({ at }) => Math.round(start + at)),
    width: run.timeline.map(({ width }) => Math.round(width)),
  }
}

/** Phases, or the steps of a load that climbs; none where there is but the judged time. */
export function bandsOf(run: RunData): readonly Band[] {
  if (run.steps !== undefined) {
    return run.steps.map(({ users, from, duration }) => ({
      name: String(users),
      from: Math.round(from),
      to: Math.round(from + duration),
    }))
  }
  const before = run.phases.filter(({ name }) => name === 'ramp-up' || name === 'warm-up')
  const after = run.phases.filter(({ name }) => name === 'ramp-down' || name === 'graceful stop')
  const judged = { name: 'judged', summary: { duration: run.duration } }
  const bands: Band[] = []
  for (const { name, summary } of [...before, judged, ...after]) {
    const from = bands.at(-1)?.to ?? 0
    bands.push({ name, from, to: Math.round(from + summary.duration) })
  }
  return bands.length === 1 ? [] : bands
}
