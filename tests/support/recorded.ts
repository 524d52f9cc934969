import { toLoadRun, type LoadRun, type RunData } from '../../src/load/load-run.ts'
import { isFailure, type OutcomeKind } from '../../src/metrics/outcome.ts'
import type { Metrics } from '../../src/metrics/own-metrics.ts'
import { Recorder } from '../../src/metrics/recorder.ts'
import type { StreamTiming } from '../../src/metrics/sample.ts'
import { summarize } from '../../src/metrics/summary.ts'
import type { CpuSummary, MemorySummary } from '../../src/monitors/monitor.ts'
import type { Ms } from '../../src/units/units.ts'

/** A row of the table that a run is made from: so many alike operations that ended at `at`. */
export interface Row {
  /** Default: `chat`. */
  readonly name?: string
  /** When they ended, from the start of the run. Default: 500 ms. */
  readonly at?: Ms
  readonly took?: Ms
  readonly times?: number
  readonly outcome?: OutcomeKind
  /** The reason of a failure: `answered 503`. */
  readonly message?: string
  /** Time to the first token: the operation streams. */
  readonly ttft?: Ms
  /** What else its stream measured. */
  readonly stream?: Partial<StreamTiming>
}

export interface RunOptions {
  readonly title?: string
  readonly duration?: Ms
  readonly memory?: MemorySummary
  readonly cpu?: CpuSummary
  /** Records metrics of the suite's own. */
  readonly metrics?: (metrics: Metrics) => void
}

/** A run as a load of one iteration per operation would have recorded it. */
export function recordedRun(rows: readonly Row[], options: RunOptions = {}): LoadRun {
  const { title = 'chat.perf.ts > users chat', duration = 10_000 } = options
  const recorder = new Recorder(0)
  for (const row of rows) {
    for (let time = 0; time < (row.times ?? 1); time++) record(recorder, row)
  }
  options.metrics?.(recorder.metrics)
  const data: RunData = {
    ...summarize(recorder.data(duration), duration),
    title,
    shape: { model: 'closed', users: 1, rampUp: 0, warmUp: 0, duration, iterations: undefined },
    seed: 1,
    ending: 'complete',
    startedAt: '2026-01-01T00:00:00.000Z',
    elapsed: duration,
    phases: [],
    memory: options.memory ?? memory({}),
    cpu: options.cpu ?? cpu({}),
  }
  return toLoadRun(data)
}

function record(recorder: Recorder, row: Row): void {
  const { name = 'chat', at: endedAt = 500, took = 100, outcome = 'ok', ttft } = row
  const startedAt = endedAt - took
  const sample = { outcome, startedAt, endedAt, firstByteAt: startedAt + took / 2 }
  const stream: StreamTiming | undefined =
    ttft === undefined ? undefined : { ttft, ttct: took, gaps: [], ...row.stream }
  recorder.series(name, { streaming: stream !== undefined }).record(sample, stream)
  recorder.iteration(sample)
  if (!isFailure(outcome)) return
  const message = row.message ?? 'answered 503'
  recorder.failure(name, outcome, message, endedAt, () => ({ kind: outcome, message }))
}

/** Memory as a monitor sums it up; without figures nothing was watched. */
export function memory(figures: Partial<MemorySummary>): MemorySummary {
  const none = { start: undefined, end: undefined, peak: undefined, min: undefined }
  const empty = { samples: 0, ...none, growth: undefined, series: [] }
  return { kind: 'memory', label: 'the service', ...empty, ...figures }
}

/** CPU as a monitor sums it up; without figures nothing was watched. */
export function cpu(figures: Partial<CpuSummary>): CpuSummary {
  const empty = { samples: 0, mean: undefined, peak: undefined, series: [] }
  return { kind: 'cpu', label: 'the service', ...empty, ...figures }
}
