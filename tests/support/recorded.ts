import { toLoadRun, type LoadRun, type MeasuredRun } from '../../src/load/load-run.ts'
import { isFailure, type OutcomeKind } from '../../src/metrics/outcome.ts'
import type { Metrics } from '../../src/metrics/own-metrics.ts'
import { Recorder } from '../../src/metrics/recorder.ts'
import type { StreamTiming } from '../../src/metrics/sample.ts'
import { summarize, type OperationSummary } from '../../src/metrics/summary.ts'
import type { Accounting, GeneratorSummary } from '../../src/monitors/generator-summary.ts'
import type { SocketCounts } from '../../src/metrics/sockets.ts'
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
  readonly tags?: readonly string[]
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
  readonly generator?: Partial<GeneratorSummary>
  /** Records metrics of the suite's own. */
  readonly metrics?: (metrics: Metrics) => void
  /** Records whatever else there is. */
  readonly record?: (recorder: Recorder) => void
  /** Counts what its WebSockets did. */
  readonly sockets?: (sockets: SocketCounts) => void
}

/** A run as a load of one iteration per operation would have recorded it. */
export function recordedRun(rows: readonly Row[], options: RunOptions = {}): LoadRun {
  const { title = 'chat.perf.ts > users chat', duration = 10_000 } = options
  const recorder = new Recorder(0)
  for (const row of rows) {
    for (let time = 0; time < (row.times ?? 1); time++) record(recorder, row)
  }
  options.metrics?.(recorder.metrics)
  options.record?.(recorder)
  options.sockets?.(recorder.sockets)
  const summary = summarize(recorder.data(duration), duration)
  const data: MeasuredRun = {
    ...summary,
    title,
    shape: { model: 'closed', users: 1, rampUp: 0, warmUp: 0, duration, iterations: undefined },
    seed: 1,
    ending: 'complete',
    startedAt: '2026-01-01T00:00:00.000Z',
    elapsed: duration,
    phases: [],
    memory: options.memory ?? memory({}),
    cpu: options.cpu ?? cpu({}),
    generator: generator({
      iterations: accountOf(summary.iterations),
      requests: accountOf(summary),
      ...options.generator,
    }),
  }
  return toLoadRun(data)
}

function record(recorder: Recorder, row: Row): void {
  const { name = 'chat', at: endedAt = 500, took = 100, outcome = 'ok', ttft, tags } = row
  const startedAt = endedAt - took
  const sample = { outcome, startedAt, endedAt, firstByteAt: startedAt + took / 2 }
  const stream: StreamTiming | undefined =
    ttft === undefined ? undefined : { ttft, ttct: took, gaps: [], ...row.stream }
  recorder.series(name, { streaming: stream !== undefined, tags }).record(sample, stream)
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

const accountOf = ({ count, ok, failed, aborted }: OperationSummary): Accounting => ({
  intended: count + aborted,
  ok,
  failed,
  aborted,
  dropped: 0,
  unfinished: 0,
})

/** A generator that had little to do, but for what is given. */
export function generator(figures: Partial<GeneratorSummary> = {}): GeneratorSummary {
  const none = { intended: 0, ok: 0, failed: 0, aborted: 0, dropped: 0, unfinished: 0 }
  return {
    kind: 'generator',
    watched: 10_000,
    loop: {
      busy: 0.41,
      busiest: 0.52,
      delay: { p50: 0.3, p99: 6.1, max: 11 },
      stalled: 0.004,
      series: [{ at: 1_000, value: 0.52 }],
    },
    gc: { count: 12, total: 34, max: 5 },
    cpu: { process: 0.42, host: 0.71, cores: 2 },
    lag: { count: 0 },
    waits: { planned: 0, late: 0 },
    opened: { count: 0 },
    users: { asked: 1, reached: 1 },
    inFlight: 0.8,
    iterations: none,
    requests: none,
    saturated: false,
    hostBusy: false,
    reasons: [],
    ...figures,
  }
}

/** 4 s of sockets: three opened, one of them again; 6, 2, 4 messages a second in, half of that out. */
export function busySockets(sockets: SocketCounts): void {
  sockets.opened = 3
  sockets.recovered = 1
  for (const code of [1000, 1006, 1000]) sockets.closed(code)
  for (const [second, count] of [6, 2, 0, 4].entries()) {
    for (let each = 0; each < count; each++) sockets.received.add(100, second * 1_000)
    for (let each = 0; each < count / 2; each++) sockets.sent.add(10, second * 1_000)
  }
}

/** A run that two generators made together, of whom a third is lost. */
export const THREE_GENERATORS: MeasuredRun['generators'] = [
  partOfRun(1, { loop: 0.31, late: 0, uncertainty: 0.2 }),
  partOfRun(2, { loop: 0.62, late: 12, uncertainty: 0.4 }),
  { number: 3, lost: 'its process ended' },
]

function partOfRun(
  number: number,
  { loop, late, uncertainty }: { loop: number; late: Ms; uncertainty: Ms },
): NonNullable<MeasuredRun['generators']>[number] {
  const account = { intended: 4, ok: 4, failed: 0, aborted: 0, dropped: 0, unfinished: 0 }
  return {
    number,
    ending: 'complete',
    clock: { offset: 1_000 * number, uncertainty },
    late,
    elapsed: 10_000,
    saturated: false,
    hostBusy: false,
    reasons: [],
    loop,
    cpu: 0.4,
    users: 2,
    iterations: account,
    requests: account,
  }
}
