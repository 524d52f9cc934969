import type { CourseRecord } from '../../run-file/timeline-record.ts'
import { quantile } from '../../stats/histogram.ts'
import type { Ms } from '../../units/units.ts'
import type { Epoch } from './epochs.ts'
import type { Course, Values } from './charted.ts'
import { short } from './short.ts'

const DRAWN = { p50: 50, p90: 90, p95: 95, p99: 99 } as const

/** The course of the whole load, from the shapes of its epochs. */
export function wholeCourse(epochs: readonly Epoch[]): Course {
  const percentiles = Object.entries(DRAWN).map(([name, percentile]) => [
    name,
    epochs.map(({ window }) => short(quantile(window.latency, percentile))),
  ])
  return {
    percentiles: Object.fromEntries(percentiles) as Course['percentiles'],
    ok: epochs.map(({ window, within }) => perSecond(window.ok, within)),
    failed: epochs.map(({ window, within }) => perSecond(window.failed, within)),
    ...(epochs.some(({ window }) => window.tokens !== undefined) && {
      tokens: epochs.map(({ window, within }) => perSecond(window.tokens ?? 0, within)),
    }),
  }
}

/** That of one request, which the file keeps for the judged time. */
export function requestCourse(
  record: CourseRecord | undefined,
  epochs: readonly Epoch[],
): Course | undefined {
  if (record === undefined) return undefined
  const { ok, failed, p50, p95, tokens } = record
  const placed = (values: readonly (number | null)[]): Values =>
    epochs.map(({ judged }) => (judged === undefined ? null : (values[judged] ?? null)))
  const rate = (counts: readonly number[]): Values =>
    placed(counts).map((count, at) =>
      count === null ? null : perSecond(count, epochs[at]?.within ?? 0),
    )
  return {
    percentiles: { p50: placed(p50), p95: placed(p95) },
    ok: rate(ok),
    failed: rate(failed),
    ...(tokens !== undefined && { tokens: rate(tokens) }),
  }
}

/** In less time there is no rate. */
const LEAST_WIDTH: Ms = 50

const perSecond = (count: number, width: Ms): number | null =>
  width >= LEAST_WIDTH ? short(count / (width / 1_000)) : null
