import { judge, type Comparison, type Verdict } from '../../src/limits/verdict.ts'
import type { RunData } from '../../src/load/load-run.ts'
import { Recorder } from '../../src/metrics/recorder.ts'
import type { FailureKind } from '../../src/metrics/outcome.ts'
import type { Accounting } from '../../src/monitors/generator-summary.ts'
import { summarize, type RecordingSummary } from '../../src/metrics/summary.ts'
import { toRunFile, type RunFile, type TestEntry } from '../../src/run-file/run-file.ts'
import { plain } from '../../src/run-file/plain.ts'
import { toTestRecord } from '../../src/run-file/test-record.ts'
import type { Ms } from '../../src/units/units.ts'
import { cpu, generator, memory } from './recorded.ts'

/** One endpoint of a made-up service: log-normal latencies around `p50`. */
export interface Endpoint {
  readonly name: string
  readonly perSecond: number
  readonly p50: Ms
  readonly spread?: number
  /** Share of its first token in its latency: the endpoint streams. */
  readonly firstToken?: number
  readonly fails?: {
    readonly every: number
    readonly kind: FailureKind
    readonly message: string
    readonly body?: string
    readonly status?: number
  }
}

export interface SampleOptions {
  readonly title?: string
  readonly seconds?: number
  readonly users?: number
  /** Of the latencies. */
  readonly seed?: number
  readonly with?: Partial<RunData>
}

/** What the recorder makes of so many seconds of these endpoints; always the same. */
export function sampleRecording(
  endpoints: readonly Endpoint[],
  seconds: number,
  { users = 100, seed = 7 }: Pick<SampleOptions, 'users' | 'seed'> = {},
): RecordingSummary {
  const recorder = new Recorder(0)
  recorder.users(users)
  const random = lcg(seed)
  for (const { at, endpoint, index } of arrivals(endpoints, seconds)) {
    recordOne(recorder, endpoint, { at, index, random })
  }
  return summarize(recorder.data(seconds * 1_000), seconds * 1_000)
}

/** A run of a closed load on these endpoints. */
export function sampleRun(endpoints: readonly Endpoint[], options: SampleOptions = {}): RunData {
  const { title = '100 users chat', seconds = 30, users = 100 } = options
  const duration = seconds * 1_000
  return {
    ...sampleRecording(endpoints, seconds, options),
    title,
    shape: { model: 'closed', users, rampUp: 5_000, warmUp: 0, duration, iterations: undefined },
    seed: 43,
    ending: 'complete',
    startedAt: '2026-01-31T09:05:07.000Z',
    elapsed: duration + 5_200,
    phases: [],
    memory: memory({}),
    cpu: cpu({}),
    ...options.with,
  }
}

interface Arrival {
  readonly at: Ms
  readonly endpoint: Endpoint
  readonly index: number
}

function arrivals(endpoints: readonly Endpoint[], seconds: number): Arrival[] {
  const all = endpoints.flatMap((endpoint) =>
    Array.from({ length: Math.round(endpoint.perSecond * seconds) }, (_, index) => ({
      at: (index / endpoint.perSecond) * 1_000,
      endpoint,
      index,
    })),
  )
  return all.toSorted((left, right) => left.at - right.at)
}

function recordOne(
  recorder: Recorder,
  { name, p50, spread = 0.5, firstToken, fails }: Endpoint,
  { at, index, random }: { at: Ms; index: number; random: () => number },
): void {
  const took = p50 * Math.exp(spread * normal(random))
  const failed = fails !== undefined && (index + 1) % fails.every === 0
  const outcome = failed ? fails.kind : 'ok'
  const sample = {
    outcome,
    startedAt: at - took,
    endedAt: at,
    firstByteAt: at - took * 0.9,
  } as const
  const ttft = firstToken === undefined ? undefined : took * firstToken
  const stream = ttft === undefined ? undefined : { ttft, ttct: took, gaps: [took / 20, took / 25] }
  recorder
    .series(name, { streaming: stream !== undefined })
    .record(sample, failed ? undefined : stream)
  recorder.iteration(sample)
  if (!failed) return
  const { every: _, ...failure } = fails
  recorder.failure(name, fails.kind, fails.message, at, () => failure)
}

/** Numbers from 0 to 1 by a linear congruential generator (Numerical Recipes). */
function lcg(seed: number): () => number {
  const state = { value: seed }
  return () => {
    state.value = (Math.imul(state.value, 1_664_525) + 1_013_904_223) >>> 0
    return state.value / 2 ** 32
  }
}

/** Box–Muller. */
const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

export const CHAT: readonly Endpoint[] = [
  { name: 'chat', perSecond: 300, p50: 120 },
  { name: 'stream', perSecond: 90, p50: 800, firstToken: 0.2 },
  { name: 'GET /history', perSecond: 11, p50: 9 },
]

export const SHOP: readonly Endpoint[] = [
  {
    name: 'GET /orders',
    perSecond: 22,
    p50: 127,
    spread: 0.7,
    fails: { every: 600, kind: 'timeout', message: 'no answer within 30 s' },
  },
  { name: 'GET /products/{}', perSecond: 120, p50: 14 },
  {
    name: 'POST /checkout',
    perSecond: 20,
    p50: 48,
    fails: {
      every: 10,
      kind: 'status',
      status: 503,
      message: 'POST /checkout answered 503',
      body: '{"error":"pool exhausted","retry":true,"pool":{"size":10,"waiting":214}}',
    },
  },
]

const comparison: Comparison = {
  subject: 'p95 latency of chat',
  metric: 'p95',
  operator: 'at most',
  limit: 300,
  unit: 'ms',
  measured: 172,
  samples: 9_000,
}

export const verdict = (of: Partial<Comparison>, negated = false): Verdict =>
  judge({ ...comparison, ...of }, negated)

export function sampleTest(
  of: Partial<TestEntry> & {
    readonly runs?: readonly RunData[]
    readonly verdicts?: readonly Verdict[]
  },
): TestEntry {
  const { runs = [], verdicts = [], ...rest } = of
  return {
    file: 'tests/perf/chat.perf.ts',
    name: '100 users chat',
    project: 'perf',
    state: verdicts.some(({ status }) => status === 'fail') ? 'failed' : 'passed',
    seconds: 35.2,
    errors: [],
    record: toTestRecord(runs, verdicts),
    ...rest,
  }
}

/** An invocation with these tests, through JSON as a report gets it. */
export function sampleFile(tests: readonly TestEntry[], over: Partial<RunFile> = {}): RunFile {
  const head = {
    id: '2026-01-31T09-05-07-k3x9',
    startedAt: '2026-01-31T09:05:07.000Z',
    versions: { perf: '1.0.0', vitest: '5.1.1', node: '24.21.0' },
    machine: {
      platform: 'linux',
      arch: 'x64',
      cpus: 8,
      cpu: 'Epyc 7763',
      memory: 16e9,
    },
    git: { commit: '6c8682f0c1d2e3f4a5b6c7d8e9f0a1b2c3d4e5f6', branch: 'main', dirty: false },
    target: { baseUrl: 'http://127.0.0.1:8080', wsUrl: 'ws://127.0.0.1:8080' },
    environment: { PERF_SEED: '43' },
  }
  const end = { finishedAt: '2026-01-31T09:06:07.000Z', ending: 'complete' } as const
  return plain({ ...toRunFile(head, tests, end), ...over })
}

const passing = sampleRun(CHAT, {
  with: {
    memory: memory({ samples: 60, start: 72e6, end: 84e6, peak: 91e6, min: 70e6, growth: 12e6 }),
    cpu: cpu({ samples: 59, mean: 0.6, peak: 1.1 }),
    generator: generator({
      lag: { count: 9_000, p50: 0.4, p99: 1.2, max: 9 },
      opened: { count: 100, p50: 0.6, p99: 3.1, max: 4 },
      inFlight: 41.3,
      iterations: account(6_000, { ok: 6_000 }),
      requests: account(12_030, { ok: 12_030 }),
    }),
  },
})

const failing = sampleRun(SHOP, {
  title: 'sustains 200 users',
  seconds: 120,
  users: 200,
  with: {
    memory: memory({
      samples: 240,
      start: 310e6,
      end: 742e6,
      peak: 745e6,
      min: 309e6,
      growth: 432e6,
    }),
    cpu: cpu({ samples: 239, mean: 1.74, peak: 2.1 }),
    generator: generator({
      loop: { busy: 0.974, busiest: 1, delay: { p50: 21, p99: 183, max: 402 }, series: [] },
      cpu: { process: 1.12, host: 0.88, cores: 2 },
      opened: { count: 1_204, p50: 4, p99: 41, max: 60 },
      inFlight: 187,
      iterations: account(4_000, { ok: 3_770, failed: 210, aborted: 20 }),
      requests: account(19_460, { ok: 19_196, failed: 244, aborted: 20 }),
      saturated: true,
      reasons: ['event loop busy 97 %', 'delay p99 183 ms'],
    }),
    phases: [{ name: 'ramp-up', summary: sampleRecording(SHOP, 5) }],
  },
})

function account(intended: number, parts: Partial<Accounting>): Accounting {
  return { intended, ok: 0, failed: 0, aborted: 0, dropped: 0, unfinished: 0, ...parts }
}

/** A suite as a team has it: one test that passes, one that fails, and its integration tests. */
export const SUITE: RunFile = sampleFile([
  ...Array.from({ length: 22 }, (_, at) => sampleTest({ name: `integration ${at + 1}` })),
  sampleTest({
    file: 'tests/perf/shop.perf.ts',
    name: 'shop > sustains 200 users',
    runs: [failing],
    verdicts: [
      verdict({
        subject: 'success rate of all requests',
        metric: 'successRate',
        operator: 'at least',
        limit: 0.99,
        unit: 'ratio',
        measured: failing.successRate,
        samples: failing.count,
      }),
      verdict({
        subject: 'p95 latency of GET /orders',
        limit: 300,
        measured: failing.requests.find(({ name }) => name === 'GET /orders')?.latency.p95,
        samples: 2_640,
      }),
      verdict({
        subject: 'p95 latency of POST /checkout',
        limit: 100,
        measured: Infinity,
        samples: 2_400,
      }),
      verdict({
        subject: 'memory growth of the service',
        metric: 'growth',
        limit: 100e6,
        unit: 'bytes',
        measured: 432e6,
        samples: 240,
      }),
      verdict({
        subject: 'throughput of all requests',
        metric: 'throughput',
        operator: 'at least',
        limit: 100,
        unit: '/s',
        measured: failing.throughput.mean,
        samples: failing.count,
      }),
    ],
  }),
  sampleTest({
    runs: [passing],
    verdicts: [
      verdict({
        subject: 'success rate of all requests',
        metric: 'successRate',
        operator: 'at least',
        limit: 0.99,
        unit: 'ratio',
        measured: 1,
        samples: 12_030,
      }),
      verdict({
        subject: 'throughput of all requests',
        metric: 'throughput',
        operator: 'at least',
        limit: 50,
        unit: '/s',
        measured: passing.throughput.mean,
        samples: 12_030,
      }),
      verdict({ measured: passing.requests[0]?.latency.p95 }),
      verdict({
        subject: 'p95 TTFT of stream',
        limit: 5_000,
        measured: passing.requests.find(({ name }) => name === 'stream')?.ttft.p95,
        samples: 2_700,
      }),
      verdict({
        subject: 'memory growth of the service',
        metric: 'growth',
        limit: 100e6,
        unit: 'bytes',
        measured: 12e6,
        samples: 60,
      }),
    ],
  }),
])
