import { describe, expect, test } from 'vitest'
import { PERCENTILES, type Distribution } from '../../src/metrics/distribution.ts'
import { fromRunRecord } from '../../src/run-file/run-record.ts'
import { toRunRecord, toTestRecord } from '../../src/run-file/test-record.ts'
import type { RunData } from '../../src/load/load-run.ts'
import { cpu, generator, memory, recordedRun, THREE_GENERATORS } from '../support/recorded.ts'
import { CHAT, SHOP, sampleRecording, sampleRun, verdict } from '../support/run-file-samples.ts'

const overJson = (run: RunData): RunData =>
  fromRunRecord(JSON.parse(JSON.stringify(toRunRecord(run))) as ReturnType<typeof toRunRecord>)

/** Without the shapes, which may come back coarser, and without the courses. */
const figures = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (key, each: unknown) => (SHAPES.has(key) ? undefined : each)))
const SHAPES = new Set(['histogram', 'timeline', 'series'])

describe('a run comes back from its record', () => {
  const run = sampleRun([...CHAT, ...SHOP], {
    seconds: 100,
    with: { phases: [{ name: 'ramp-up', summary: sampleRecording(SHOP, 5) }] },
  })
  const back = overJson(run)

  test('with every figure that was measured, of its phases too', () => {
    expect(figures(back)).toEqual(figures(run))
  })

  test('with the very percentiles of each distribution', () => {
    const pick = ({ latency, ttft }: { latency: Distribution; ttft: Distribution }): unknown =>
      [latency, ttft].map((each) => Object.keys(PERCENTILES).map((name) => each[name as 'p95']))
    expect([back, ...back.requests].map(pick)).toEqual([run, ...run.requests].map(pick))
  })

  test('with shapes that hold every value', () => {
    for (const { latency } of back.requests) {
      const counts = latency.histogram.buckets.filter((_, at) => at % 2 === 1)
      expect(counts.reduce((sum, each) => sum + each, 0)).toBe(latency.count)
    }
  })

  test('with a timeline of at most 60 epochs that adds up to the whole', () => {
    expect(run.timeline).toHaveLength(100)
    expect(back.timeline).toHaveLength(50)
    expect(back.timeline.map(({ width }) => width)).toEqual(Array(50).fill(2_000))
    const total = back.timeline.reduce((sum, { ok }) => sum + ok, 0)
    expect(total).toBe(run.ok)
    expect(back.timeline[0]?.users).toBe(100)
  })
})

test('the generators that made a run together come back, and a run of one has none', () => {
  const run = { ...sampleRun(CHAT, { seconds: 2 }), generators: THREE_GENERATORS }
  expect(overJson(run).generators).toEqual(THREE_GENERATORS)
  expect(overJson(sampleRun(CHAT, { seconds: 2 }))).not.toHaveProperty('generators')
})

describe('the generator', () => {
  const series = [
    { at: 1_000, value: 0.4 },
    { at: 2_001, value: 0.52 },
  ]
  const loop = { busy: 0.41, busiest: 0.52, delay: { p50: 0.3, p99: 6.1, max: 11 }, series }

  test('comes back whole', () => {
    const run = sampleRun(CHAT, { seconds: 2, with: { generator: generator({ loop }) } })
    expect(overJson(run).generator).toEqual(run.generator)
  })

  test('is not there in a file of before', () => {
    expect(overJson(sampleRun(CHAT, { seconds: 2 }))).not.toHaveProperty('generator')
  })
})

test('what was cut off comes back, so that a limit is judged as in the test', () => {
  const run = recordedRun([
    { took: 100, times: 3 },
    { took: 2_000, at: 2_500, outcome: 'cutOff' },
  ])
  const { latency, outcomes } = overJson(run)
  expect(outcomes).toEqual({ ok: 3, cutOff: 1 })
  expect(latency.cutOff).toMatchObject({ count: 1, sum: 2_000, min: 2_000, max: 2_000 })
  expect(overJson(recordedRun([{ took: 100 }])).latency.cutOff.count).toBe(0)
})

test('each operation has its course on the epochs of the run', () => {
  const run = recordedRun([
    { name: 'chat', at: 500, took: 100, times: 3 },
    { name: 'history', at: 1_500, took: 10 },
    { name: 'chat', at: 2_500, took: 200 },
    { name: 'chat', at: 2_600, outcome: 'status' },
  ])
  const { timeline, requests } = toRunRecord(run)
  expect(timeline.map(({ at, ok, failed }) => [at, ok, failed])).toEqual([
    [0, 3, 0],
    [1_000, 1, 0],
    [2_000, 1, 1],
  ])
  expect(requests.map(({ name, course }) => ({ name, ...course }))).toMatchInlineSnapshot(`
    [
      {
        "failed": [
          0,
          0,
          1,
        ],
        "name": "chat",
        "ok": [
          3,
          0,
          1,
        ],
        "p50": [
          100,
          null,
          200,
        ],
        "p95": [
          100,
          null,
          200,
        ],
      },
      {
        "failed": [
          0,
          0,
          0,
        ],
        "name": "history",
        "ok": [
          0,
          1,
          0,
        ],
        "p50": [
          null,
          10,
          null,
        ],
        "p95": [
          null,
          10,
          null,
        ],
      },
    ]
  `)
})

test.each<[string, RunData]>([
  ['nothing happened', recordedRun([])],
  ['everything failed', recordedRun([{ outcome: 'refused', times: 3 }])],
  ['one answer', recordedRun([{ took: 12.5 }])],
  ['a stream', recordedRun([{ took: 900, ttft: 80, times: 5 }])],
])('a small run comes back whole: %s', (_, run) => {
  const { timeline, requests, ...back } = overJson(run)
  expect(back.latency).toEqual(run.latency)
  expect(back.ttft).toEqual(run.ttft)
  expect(requests.map(({ latency, ttfb }) => [latency, ttfb])).toEqual(
    run.requests.map(({ latency, ttfb }) => [latency, ttfb]),
  )
  expect(timeline.map(({ latency }) => latency)).toEqual(run.timeline.map(({ latency }) => latency))
})

test('own metrics, memory and CPU come back', () => {
  const series = Array.from({ length: 300 }, (_, at) => ({ at: at * 500, value: 1_000 + at }))
  const run = recordedRun([{ times: 4 }], {
    memory: memory({
      restarts: [{ at: 2_100, pid: 4_711 }],
      problem: 'no answer',
      samples: 300,
      start: 1_000,
      end: 1_299,
      peak: 1_299,
      min: 1_000,
      growth: 298,
      series,
    }),
    cpu: cpu({ samples: 299, mean: 0.5, peak: 1, series: series.slice(1) }),
    metrics: (metrics) => {
      metrics.timing('render', 12)
      metrics.count('tokens', 512)
      metrics.gauge('queue', 3)
      metrics.rate('cache hit', true)
    },
  })
  const back = overJson(run)
  expect(back.metrics).toEqual(run.metrics)
  expect(back.memory).toEqual({ ...run.memory, series: expect.any(Array) })
  expect(back.cpu).toEqual({ ...run.cpu, series: expect.any(Array) })
  expect(back.memory.series.length).toBeLessThanOrEqual(120)
  expect(Math.max(...back.memory.series.map(({ value }) => value))).toBe(1_299)
})

test('many kinds of errors and long texts are cut, and still counted', () => {
  const rows = Array.from({ length: 50 }, (_, at) => ({
    name: `endpoint ${at}`,
    outcome: 'status' as const,
    message: `failed ${'very '.repeat(100)}badly`,
  }))
  const { errors } = toRunRecord(recordedRun(rows))
  expect(errors).toHaveLength(31)
  expect(errors.at(-1)).toMatchObject({ kind: 'status', name: '(others)', count: 20 })
  expect(JSON.stringify(errors).length).toBeLessThan(30_000)
})

test('20 endpoints over 5 minutes take at most 200 KB', { timeout: 60_000 }, () => {
  const endpoints = Array.from({ length: 20 }, (_, at) => ({
    name: `POST /api/v1/sessions/{}/thing-${at}`,
    perSecond: 20,
    p50: 20 + 30 * at,
    spread: 0.7,
  }))
  const run = sampleRun(endpoints, { seconds: 300 })
  expect(run.count).toBe(120_000)
  expect(JSON.stringify(toRunRecord(run)).length).toBeLessThan(200_000)
})

test('a record is JSON: what is sent is what is read', () => {
  const run = recordedRun([{ outcome: 'timeout' }, { ttft: 10 }])
  const never = verdict({ measured: Infinity })
  const missing = verdict({ measured: NaN, run: undefined })
  const record = toTestRecord([run], [never, missing])
  expect(record).toStrictEqual(JSON.parse(JSON.stringify(record)))
  expect(record.verdicts.map((each) => [each.measured, 'measured' in each])).toEqual([
    ['never', true],
    [undefined, false],
  ])
})

test('tokens come back, over time too; a file from before there were any has none', () => {
  const stream = {
    chunks: [1, 1],
    gaps: [900],
    tokens: { count: 8, source: 'usage' },
    tpot: 9,
    stopLatency: 40,
  } as const
  const run = recordedRun([{ name: 'stream', ttft: 200, took: 1_100, at: 1_200, stream }])
  const back = overJson(run)
  expect(back.tokens).toEqual({
    ...run.tokens,
    perUser: { ...run.tokens?.perUser, histogram: back.tokens?.perUser.histogram },
  })
  expect(back.timeline.map(({ tokens }) => tokens)).toEqual([4, 4])
  const record = toRunRecord(run)
  expect(record.requests[0]?.course?.tokens).toEqual([4, 4])
  expect(back.stopLatency).toMatchObject({ count: 1, max: 40 })
  const { tokens: _tokens, tpot: _tpot, stopLatency: _stop, ...older } = record.whole
  expect(fromRunRecord({ ...record, whole: older })).toMatchObject({
    tokens: undefined,
    joint: undefined,
    tpot: { count: 0 },
    stopLatency: { count: 0 },
  })
})
