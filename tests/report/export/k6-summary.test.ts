import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { RunData } from '../../../src/load/load-run.ts'
import type { Verdict } from '../../../src/limits/verdict.ts'
import { toK6SummaryExport } from '../../../src/report/export/k6-summary-export.ts'
import { toK6Summary, type K6Summary } from '../../../src/report/export/k6-summary.ts'
import { loadsOf, type Load } from '../../../src/report/loads.ts'
import { busySockets, recordedRun } from '../../support/recorded.ts'
import { sampleFile, sampleRun, sampleTest, SHOP, verdict } from '../../support/run-file-samples.ts'

function loadOf(run: RunData, verdicts: readonly Verdict[] = []): Load {
  const [load] = loadsOf(sampleFile([sampleTest({ runs: [run], verdicts })]))
  if (load === undefined) throw new Error('no load')
  return load
}
const k6 = (run: RunData, verdicts: readonly Verdict[] = []): K6Summary =>
  toK6Summary(loadOf(run, verdicts))

/** What k6 2.2 gives to `handleSummary`: `summarizeMetricsToObject` in internal/js/summary.go. */
const CHECK = z.strictObject({
  name: z.string(),
  path: z.string().startsWith('::'),
  id: z.string().regex(/^[0-9a-f]{32}$/),
  passes: z.int(),
  fails: z.int(),
})
const GROUP = z.strictObject({
  name: z.string(),
  path: z.string(),
  id: z.string().regex(/^[0-9a-f]{32}$/),
  checks: z.array(CHECK),
  get groups() {
    return z.array(GROUP)
  },
})
const values = <T extends 'counter' | 'gauge' | 'rate' | 'trend', V extends z.ZodType>(
  type: T,
  contains: 'default' | 'time',
  shape: V,
): z.ZodType =>
  z.strictObject({
    type: z.literal(type),
    contains: z.literal(contains),
    values: shape,
    thresholds: z.record(z.string(), z.strictObject({ ok: z.boolean() })).optional(),
  })
const number = z.number()
const METRIC = z.union([
  values('counter', 'default', z.strictObject({ count: number, rate: number })),
  values('gauge', 'default', z.strictObject({ value: number, min: number, max: number })),
  values('rate', 'default', z.strictObject({ rate: number, passes: number, fails: number })),
  values(
    'trend',
    'time',
    z.strictObject({
      avg: number,
      min: number,
      med: number,
      max: number,
      'p(90)': number,
      'p(95)': number,
      'p(99)': number,
      count: number,
    }),
  ),
])
const SUMMARY = z.strictObject({
  root_group: GROUP,
  options: z.strictObject({
    summaryTrendStats: z.array(z.string()),
    summaryTimeUnit: z.string(),
    noColor: z.boolean(),
  }),
  state: z.strictObject({
    isStdOutTTY: z.boolean(),
    isStdErrTTY: z.boolean(),
    testRunDurationMs: z.number(),
  }),
  metrics: z.record(z.string(), METRIC),
})

/** What `--summary-export` writes: `oldJSONSummary` in internal/js/summary-wrapper.js. */
const EXPORTED_GROUP = z.strictObject({
  name: z.string(),
  path: z.string(),
  id: z.string(),
  checks: z.record(z.string(), CHECK),
  get groups() {
    return z.record(z.string(), EXPORTED_GROUP)
  },
})
const EXPORT = z.strictObject({
  root_group: EXPORTED_GROUP,
  metrics: z.record(
    z.string(),
    z.record(z.string(), z.union([number, z.record(z.string(), z.boolean())])),
  ),
})

const busy = recordedRun([{ name: 'GET /orders', ttft: 40, times: 3 }, { name: 'chat' }], {
  metrics: (metrics) => {
    metrics.timing('render', 12, { page: 'home' })
    metrics.count('tokens', 30)
    metrics.gauge('queue', 4)
    metrics.rate('cached', true)
  },
  sockets: busySockets,
  record: (recorder) => {
    recorder.checks.note('is fine', true)
    recorder.checks.note('is fine', false, 'no')
  },
})

describe("is of k6's own shape", () => {
  const limits = [verdict({ measured: 172 }), verdict({ subject: 'growth', metric: 'growth' })]
  test.each([
    ['a busy load', busy],
    ['a load that fails', sampleRun(SHOP, { seconds: 6 })],
    ['a load without requests', recordedRun([])],
  ])('%s', (_, run) => {
    expect(SUMMARY.safeParse(k6(run, limits)).error).toBeUndefined()
    expect(EXPORT.safeParse(toK6SummaryExport(loadOf(run, limits))).error).toBeUndefined()
  })
})

test("has k6's metrics, those of each request, and the suite's own", () => {
  expect(Object.keys(k6(busy).metrics)).toMatchInlineSnapshot(`
    [
      "http_reqs",
      "http_req_duration",
      "http_req_waiting",
      "http_req_failed",
      "ttft",
      "ttct",
      "http_reqs{name:GET /orders}",
      "http_req_duration{name:GET /orders}",
      "http_req_waiting{name:GET /orders}",
      "http_req_failed{name:GET /orders}",
      "ttft{name:GET /orders}",
      "ttct{name:GET /orders}",
      "http_reqs{name:chat}",
      "http_req_duration{name:chat}",
      "http_req_waiting{name:chat}",
      "http_req_failed{name:chat}",
      "iterations",
      "iteration_duration",
      "vus_max",
      "checks",
      "ws_sessions",
      "ws_msgs_sent",
      "ws_msgs_received",
      "render",
      "render{page:home}",
      "tokens",
      "queue",
      "cached",
    ]
  `)
})

test("counts failed requests as k6 does: under 'passes', since it is true that they failed", () => {
  const { metrics } = k6(recordedRun([{ times: 9 }, { outcome: 'status' }]))
  expect(metrics.http_req_failed?.values).toEqual({ rate: 0.1, passes: 1, fails: 9 })
  expect(metrics.http_reqs?.values).toEqual({ count: 10, rate: 1 })
})

test("tells checks and groups apart by k6's own ids", () => {
  const { root_group: root } = k6(busy)
  // Of k6's own tests: the MD5 of the empty path.
  expect(root).toMatchObject({ name: '', path: '', id: 'd41d8cd98f00b204e9800998ecf8427e' })
  expect(root.checks).toEqual([
    {
      name: 'is fine',
      path: '::is fine',
      id: expect.any(String) as string,
      passes: 1,
      fails: 1,
    },
  ])
})

test.each<[Parameters<typeof verdict>[0], metric: string, threshold: string]>([
  [{ subject: 'p95 latency of chat', measured: 100 }, 'http_req_duration{name:chat}', 'p(95)<=300'],
  [{ subject: 'p50 latency of all requests', measured: 100 }, 'http_req_duration', 'med<=300'],
  [
    { subject: 'mean latency of chat (successes)', measured: 100 },
    'http_req_duration{name:chat}',
    'avg<=300',
  ],
  [{ subject: 'p95 TTFT of GET /orders', measured: 40 }, 'ttft{name:GET /orders}', 'p(95)<=300'],
  [
    {
      subject: 'success rate of all requests',
      metric: 'successRate',
      operator: 'at least',
      limit: 0.99,
      unit: 'ratio',
      measured: 1,
    },
    'http_req_failed',
    'rate<=0.01',
  ],
  [
    {
      subject: 'memory growth of the service',
      metric: 'growth',
      limit: 100e6,
      unit: 'bytes',
      measured: 12e6,
    },
    'memory_growth_of_the_service',
    'value<=100000000',
  ],
])('a limit is a threshold of the metric with its figure: %o', (of, metric, threshold) => {
  expect(k6(busy, [verdict(of)]).metrics[metric]?.thresholds).toEqual({ [threshold]: { ok: true } })
  const failed = verdict({ ...of, measured: of.operator === 'at least' ? 0 : 1e12 })
  expect(k6(busy, [failed]).metrics[metric]?.thresholds).toEqual({ [threshold]: { ok: false } })
})

test('a change from a baseline is no threshold: k6 has none for it', () => {
  const baseline = { state: 'judged', unit: 'ms', before: 100, now: 110, runs: [5, 5] } as const
  const compared = { ...verdict({ limit: 0.1, unit: 'ratio', measured: 0.1 }), baseline }
  expect(k6(busy, [compared]).metrics).toEqual(k6(busy).metrics)
})

test('--summary-export has values without a wrapper, and true for a threshold that was crossed', () => {
  const crossed = toK6SummaryExport(loadOf(busy, [verdict({ measured: 400 })]))
  expect(crossed.metrics['http_req_duration{name:chat}']).toMatchObject({
    avg: 100,
    thresholds: { 'p(95)<=300': true },
  })
  expect(crossed.metrics.http_req_failed).toEqual({ value: 0, passes: 0, fails: 4 })
  expect(crossed.root_group.checks['is fine']).toMatchObject({ passes: 1, fails: 1 })
})
