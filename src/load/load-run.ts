import { knownNames } from '../errors/nearest.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { Limits } from '../limits/grammar.ts'
import type { CheckSummary } from '../metrics/checks.ts'
import type { MetricSummary, MetricTags, TaggedMetric } from '../metrics/own-metrics.ts'
import type { GroupSummary, RecordingSummary, RequestSummary } from '../metrics/summary.ts'
import type { CpuSummary, MemorySummary } from '../monitors/monitor.ts'
import type { Ms } from '../units/units.ts'
import { findTagged } from './find-metric.ts'
import type { LoadShape } from './load-shape.ts'

/** How a load came to its end. */
export type Ending = 'complete' | 'interrupted' | 'deadline'

/** What a stretch outside the judged time did. */
export interface PhaseSummary {
  readonly name: 'ramp-up' | 'warm-up' | 'graceful stop'
  readonly summary: RecordingSummary
}

/** A run as plain data: what crosses a process and what the run file keeps. */
export interface RunData extends RecordingSummary {
  /** Of the test: `chat.perf.ts > 100 users chat`; a second load in it has `#2` behind. */
  readonly title: string
  readonly shape: LoadShape
  readonly seed: number
  readonly ending: Ending
  /** Wall clock, ISO 8601; the only one. */
  readonly startedAt: string
  /** From the first user's start to the last one's end, ramp-up and graceful stop included. */
  readonly elapsed: Ms
  readonly phases: readonly PhaseSummary[]
  /** The profile that the options came from, and what the environment said instead. */
  readonly source?: string | undefined
  /** The limits that were given to the load. */
  readonly limits?: Limits | undefined
  /** Of the service under test; no samples when there was none to watch. */
  readonly memory: MemorySummary
  readonly cpu: CpuSummary
}

/** The result of a load: readonly data, and look-ups by name. */
export interface LoadRun extends RunData {
  /** A named operation. @throws UsageError for a name that did not occur, with the nearest known one. */
  request(name: string): RequestSummary
  /** A metric of the suite's own. @throws UsageError for an unknown name */
  metric(name: string): MetricSummary
  /** What it is under one value of one tag: `run.metric('render', { page: 'home' })`. */
  metric(name: string, tags: MetricTags): TaggedMetric
  /** A check of the suite's own. @throws UsageError for an unknown name */
  check(name: string): CheckSummary
  /** A group; one within another is `outer › inner`. @throws UsageError for an unknown name */
  group(name: string): GroupSummary
}

/** Gives a run's data its look-ups; they are not enumerable, so the run stays plain to JSON. */
export function toLoadRun(data: RunData): LoadRun {
  const request = (name: string): RequestSummary => find(data.requests, name, 'request')
  function metric(name: string): MetricSummary
  function metric(name: string, tags: MetricTags): TaggedMetric
  function metric(name: string, tags?: MetricTags): MetricSummary | TaggedMetric {
    const whole = find(data.metrics, name, 'metric')
    return tags === undefined ? whole : findTagged(whole, tags)
  }
  const check = (name: string): CheckSummary => find(data.checks, name, 'check')
  const group = (name: string): GroupSummary => find(data.groups, name, 'group')
  const run = { ...data, request, metric, check, group }
  for (const name of ['request', 'metric', 'check', 'group']) {
    Object.defineProperty(run, name, { enumerable: false })
  }
  return Object.freeze(run)
}

function find<T extends { readonly name: string }>(
  among: readonly T[],
  name: string,
  what: string,
): T {
  const found = among.find((each) => each.name === name)
  if (found !== undefined) return found
  const names = among.map((each) => each.name)
  const message = `run.${what}(${JSON.stringify(name)}) did not occur in this run; ${knownNames(name, names)}`
  throw UsageError.saying(`run.${what}`, message, name)
}
