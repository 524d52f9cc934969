import { UsageError } from '../errors/usage-error.ts'
import type { Limits } from '../limits/grammar.ts'
import type { VerdictOptions } from '../limits/verdict-options.ts'
import { selected, tagsOf } from '../limits/selection.ts'
import type { Arrivals } from '../metrics/arrivals.ts'
import type { CheckSummary } from '../metrics/checks.ts'
import { joinOperations } from '../metrics/join-operations.ts'
import type { MetricSummary, MetricTags, TaggedMetric } from '../metrics/own-metrics.ts'
import type {
  GroupSummary,
  OperationSummary,
  RecordingSummary,
  RequestSummary,
} from '../metrics/summary.ts'
import type { GeneratorSummary } from '../monitors/generator-summary.ts'
import type { CpuSummary, MemorySummary } from '../monitors/monitor.ts'
import type { DurationInput, Ms } from '../units/units.ts'
import { findTagged } from './find-metric.ts'
import { findNamed } from './find-named.ts'
import { noteGenerator } from './generated-by.ts'
import type { LoadShape } from './load-shape.ts'
import { sustainedOf, type StepSummary, type Sustained } from './step-summary.ts'
import type { FoundTimes } from './open-end.ts'
import type { GeneratorPart } from './run-part.ts'
import { moreOf, unwatched } from './watched-service.ts'
import type { Ending, Mark, PhaseSummary, RepeatFigures, WatchedMore } from './run-parts.ts'
import { windowOf, type RunWindow } from './run-window.ts'

/**
 * A run as plain data: what crosses a process and what the run file keeps. The run's clock is 0 at the
 * start of the judged time; what came before has negative times.
 */
export interface RunData extends RecordingSummary, FoundTimes {
  /** Of the test: `chat.perf.ts > 100 users chat`; a second load in it has `#2` behind. */
  readonly title: string
  readonly shape: LoadShape
  readonly seed: number
  readonly ending: Ending
  /** Why it was aborted or stopped. */
  readonly reason?: string | undefined
  /** Wall clock, ISO 8601; the only one. */
  readonly startedAt: string
  /** From the first user's start to the last one's end, ramp-up and graceful stop included. */
  readonly elapsed: Ms
  readonly phases: readonly PhaseSummary[]
  /** The profile that the options came from, and what the environment said instead. */
  readonly source?: string | undefined
  /** The limits that were given to the load. */
  readonly limits?: Limits | undefined
  /** How sure their verdicts had to be, where the load said it. */
  readonly verdict?: VerdictOptions | undefined
  /** Of a load that climbs: each step that began. */
  readonly steps?: readonly StepSummary[] | undefined
  /** Of a load that was repeated: each of its runs, of which this one is the sum. */
  readonly repeats?: readonly RepeatFigures[] | undefined
  /** Of the service under test; no samples when there was none to watch. */
  readonly memory: MemorySummary
  readonly cpu: CpuSummary
  readonly watched?: WatchedMore | undefined
  /** When the service began to be watched, on the run's clock: the series of its figures count from there. */
  readonly watchedFrom?: Ms | undefined
  /** What was done in the middle of it; absent when nothing was. */
  readonly marks?: readonly Mark[] | undefined
  /** Its process ended before it did: these are the figures that were on the disk by then. */
  readonly partial?: true | undefined
  /** Whether the generator was fast enough for its load. Absent from older run files. */
  readonly generator?: GeneratorSummary | undefined
  /** Of a run that several generators made together: each of them. `generator` is the worst one, with all accounts. */
  readonly generators?: readonly GeneratorPart[] | undefined
}

/** What a run is made of that has just been measured. */
export type MeasuredRun = RunData & { readonly generator: GeneratorSummary }

/** What is looked up by name in a run, or in a phase of it. */
interface Lookups {
  /** A named operation. @throws UsageError for a name that did not occur, with the nearest known one. */
  request(name: string): RequestSummary
  /** All requests that have a tag, as one. @throws UsageError for a tag that none has */
  tagged(tag: string): OperationSummary
  /** A metric of the suite's own. @throws UsageError for an unknown name */
  metric(name: string): MetricSummary
  /** What it is under one value of one tag: `run.metric('render', { page: 'home' })`. */
  metric(name: string, tags: MetricTags): TaggedMetric
  /** A check of the suite's own. @throws UsageError for an unknown name */
  check(name: string): CheckSummary
  /** A group; one within another is `outer › inner`. @throws UsageError for an unknown name */
  group(name: string): GroupSummary
}

/** A phase of a run, which every matcher takes that takes a run, but for those of the service. */
export interface RunPhase extends RecordingSummary, Lookups {}

/** The result of a load: readonly data, and look-ups. */
export interface LoadRun extends RunData, Lookups {
  readonly generator: GeneratorSummary
  readonly watched: WatchedMore
  /** Of a load that was repeated: each of its runs, of which this one is the sum; else none. */
  readonly repeats: readonly LoadRun[]
  /** The most users of a load that climbs with whom all limits were met. @throws UsageError without steps */
  readonly sustained: Sustained
  /** A phase by itself; `'steady'` is the run. @throws UsageError for one that this run did not have */
  phase(name: 'steady' | PhaseSummary['name']): RunPhase
  /**
   * A stretch of the judged time, counted from its start, in whole seconds: what ended in it.
   * @throws UsageError for times at which no window begins or ends
   */
  window(from: DurationInput, to: DurationInput): RunWindow
}

const asked = new WeakSet<object>()

/** Whether a test has asked how far a load climbed: one that did not would pass whatever that was. */
export const wasSustainedAsked = (run: LoadRun): boolean => asked.has(run)

/** The result of an open load, which knows what became of the iterations that it was to start. */
export interface OpenLoadRun extends LoadRun {
  readonly arrivals: Arrivals
}

/** Gives a run's data its look-ups; they are not enumerable, so the run stays plain to JSON. */
export function toLoadRun(data: MeasuredRun, repeats: readonly LoadRun[] = []): LoadRun {
  const phase = (name: string): RunPhase => {
    const steady = { name: 'steady', summary: data }
    const found = findNamed<{ name: string; summary: RecordingSummary }>(
      [...data.phases, steady],
      name,
      'phase',
    )
    return found === steady ? run : withLookups(found.summary)
  }
  const window: LoadRun['window'] = (from, to) => {
    if (repeats.length === 0) return windowOf(data, from, to)
    const message =
      'run.window is of one run, and this is the sum of several: run.repeats[0].window(…)'
    throw UsageError.saying('run.window', message)
  }
  const run: LoadRun = hiding(withWatched(data), {
    ...lookupsOf(data),
    phase,
    window,
    repeats,
    get sustained() {
      asked.add(run)
      return sustainedOf(data.steps)
    },
  })
  noteGenerator(run)
  return run
}

/** A run that nothing was watched of has figures without samples. */
const withWatched = (data: MeasuredRun): MeasuredRun & Pick<LoadRun, 'watched'> => ({
  ...data,
  watched: data.watched ?? moreOf(unwatched(data.memory.label)),
})

function lookupsOf({ requests, metrics, checks, groups }: RecordingSummary): Lookups {
  function metric(name: string): MetricSummary
  function metric(name: string, tags: MetricTags): TaggedMetric
  function metric(name: string, tags?: MetricTags): MetricSummary | TaggedMetric {
    const whole = findNamed(metrics, name, 'metric')
    return tags === undefined ? whole : findTagged(whole, tags)
  }
  return {
    request: (name) => findNamed(requests, name, 'request'),
    tagged: (tag) => {
      const { name } = findNamed(tagsOf(requests).map(named), tag, 'tagged')
      return joinOperations(`#${name}`, selected({ request: `#${name}` }, requests))
    },
    metric,
    check: (name) => findNamed(checks, name, 'check'),
    group: (name) => findNamed(groups, name, 'group'),
  }
}

const named = (name: string): { readonly name: string } => ({ name })

const withLookups = (summary: RecordingSummary): RunPhase => hiding(summary, lookupsOf(summary))

function hiding<Data extends object, Functions extends object>(
  data: Data,
  functions: Functions,
): Data & Functions {
  const all = { ...data }
  for (const [name, hidden] of Object.entries(Object.getOwnPropertyDescriptors(functions))) {
    Object.defineProperty(all, name, { ...hidden, enumerable: false })
  }
  return Object.freeze(all as Data & Functions)
}
