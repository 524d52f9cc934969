import { describe, expect, test } from 'vitest'
import { toLoadRun, type LoadRun } from '../../src/load/load-run.ts'
import { fromRunRecord, toRunRecord } from '../../src/run-file/run-record.ts'
import { perfMatchers } from '../../src/matchers.ts'
import { verdictsOf } from '../../src/matchers/verdict-log.ts'
import { messageOf } from '../support/message-of.ts'
import { cpu, memory, recordedRun } from '../support/recorded.ts'

expect.extend(perfMatchers)

/** 90 quick reads, 8 slower writes, 2 writes that failed; memory grew by 12 MB. */
const run = recordedRun(
  [
    { name: 'GET /orders', took: 50, times: 60 },
    { name: 'GET /orders/{}', took: 100, times: 30 },
    { name: 'POST /orders', took: 400, times: 8, ttft: 30 },
    { name: 'POST /orders', outcome: 'status', times: 2, ttft: 30 },
  ],
  {
    memory: memory({ samples: 5, start: 80e6, end: 92e6, peak: 95e6, min: 80e6, growth: 12e6 }),
    cpu: cpu({ samples: 5, mean: 0.5, peak: 0.8 }),
  },
)

test('limits of the run, of its requests, of groups of them and of the service', () => {
  expect(run).toMeet({
    p95: '400ms',
    errorRate: '2%',
    successRate: 0.98,
    throughput: '9/s',
    'GET /orders': { p99: '50ms', errorRate: 0 },
    'GET *': { p50: '50ms', p95: '100ms', throughput: '9/s', max: '0.1s' },
    'POST /orders': { ttft: { mean: '30ms' } },
    memory: { growth: '12MB', peak: '95MB' },
    cpu: '50%',
  })
  expect(run.request('GET /orders')).toMeet({ p95: '50ms', mean: 50 })
  expect(run.latency).toMeet({ p50: '50ms', max: '400ms' })
})

test('the times and the tokens of streams', () => {
  const stream = {
    ttfo: 60,
    tpot: 10,
    stopLatency: 5,
    gaps: [20, 10, 10],
    chunks: [1, 1, 1, 1],
    tokens: { count: 4, source: 'chunks' },
  } as const
  const streams = recordedRun([
    { name: 'stream', ttft: 30, took: 100, stream, times: 10 },
    { name: 'tools', ttft: 30, took: 100, stream: { ...stream, ttfo: undefined } },
  ])
  const limits = {
    ttfo: { p95: 60 },
    ttst: { max: 20 },
    tpot: { p50: 10 },
    gap: { p99: 20 },
    stopLatency: { p95: 5 },
  }
  expect(streams).toMeet({ ...limits, tokensPerSecond: 4.4, stream: { tokensPerSecond: '4/s' } })
  const judge = (): void => expect(streams).toMeet({ tokensPerSecond: '50/s' })
  expect(messageOf(judge)).toMatchInlineSnapshot(`
    "expect(run).toMeet()

    1 of 1 limit missed
    tokens/s of all requests: 4.4/s, 91.2 % under the limit of 50/s
      44 tokens of 11 streams, counted as chunks; a user sees 100/s (p50)"
  `)
  const missing = (): void => expect(streams.request('tools')).toMeet({ ttfo: { p95: 60 } })
  expect(messageOf(missing)).toMatchInlineSnapshot(
    `"TTFO of tools has no samples: no stream with text to read was recorded under it"`,
  )
  expect(messageOf(() => expect(run).toMeet({ tokensPerSecond: 1 }))).toMatchInlineSnapshot(
    `"tokens/s of all requests has no samples: no stream was recorded under it"`,
  )
})

test('a group is judged together: 60 reads of 50 ms and 30 of 100 ms have a p50 of 50 and a p75 of 100', () => {
  expect(run).toMeet({ 'GET *': { p50: 50, p75: 100 } })
  expect(() => expect(run).toMeet({ 'GET *': { p75: 99 } })).toThrow('p75 latency of GET *: 100 ms')
})

test('a limit that cannot be judged does not hide one that is missed', () => {
  const limits = { p95: '10ms', 'GET /baskets': { p95: '1s' } } as const
  expect(messageOf(() => expect(run).toMeet(limits))).toMatchInlineSnapshot(`
    "expect(run).toMeet()

    1 of 2 limits missed
    p95 latency of all requests: 400 ms, 40 times the limit of 10 ms
      100 requests, 2 failed (infinitely slow)
      p50 50 ms · p90 100 ms · p95 400 ms · p99 ∞ · slowest success 400 ms
      commonest error: 2× POST /orders answered 503
    not judged: limits["GET /baskets"].p95: "GET /baskets" did not occur in this
        run; known: "GET /orders", "GET /orders/{}", "POST /orders""
  `)
  expect(() => expect(run).toMeet({ ...limits, p95: '1s' })).toThrow(
    '"GET /baskets" did not occur in this run',
  )
})

describe('a group by a tag', () => {
  const tagged = recordedRun([
    { name: 'GET /orders', took: 50, times: 60, tags: ['read'] },
    { name: 'GET /report', took: 900, times: 30, tags: ['read', 'slow'] },
    { name: 'GET /docs/{}', took: 2_000, tags: ['read'] },
    { name: 'POST /orders', took: 400, times: 10 },
  ])

  test('is judged together', () => {
    expect(tagged).toMeet({ '#read': { p50: 50, p95: 900, max: 2_000, throughput: '9.1/s' } })
    expect(tagged.tagged('read')).toMeet({ p50: 50, p95: 900 })
    expect(tagged.tagged('slow')).toHaveP50Below('900ms')
  })

  test('may leave out names, patterns and other tags', () => {
    expect(tagged).toMeet({
      '#read': { max: 900, exclude: ['GET /docs*'] },
      'GET *': { max: 50, exclude: ['#slow', 'GET /docs/{}', 'GET /never-called'] },
      '*': { max: 400, exclude: ['#read'] },
    })
  })

  test('is told by its name', () => {
    const limits = { '#read': { p95: '100ms', exclude: ['GET /docs*'] } } as const
    expect(messageOf(() => expect(tagged).toMeet(limits))).toMatchInlineSnapshot(`
      "expect(run).toMeet()

      1 of 1 limit missed
      p95 latency of #read: 900 ms, 9 times the limit of 100 ms
        90 requests
        p50 50 ms · p90 900 ms · p95 900 ms · p99 900 ms · max 900 ms
        not proven: 30 of 90 requests took longer, which may be one slow moment;
            p95 at 95 % needs ≥200 requests over ≥5 s, had 90"
    `)
  })

  test.each([
    ['that no request has', { '#reed': { p95: 1 } }],
    ['of which everything is left out', { '#slow': { p95: 1, exclude: ['GET *'] } }],
  ])('%s is an error', (_, limits) => {
    expect(messageOf(() => expect(tagged).toMeet(limits))).toMatchSnapshot()
  })

  test('an unknown one is an error of the run too', () => {
    expect(messageOf(() => tagged.tagged('reed'))).toMatchInlineSnapshot(
      `"run.tagged("reed") did not occur in this run; known: "read", "slow"; did you mean "read"?"`,
    )
    expect(Object.keys(tagged)).not.toContain('tagged')
  })

  test('is kept in the run file', () => {
    const { generator } = tagged
    const kept = toLoadRun({ ...fromRunRecord(toRunRecord(tagged)), generator })
    expect(kept.requests.map(({ tags }) => tags)).toEqual([
      ['read'],
      ['read', 'slow'],
      ['read'],
      [],
    ])
    expect(kept.tagged('read').latency.p95).toBe(tagged.tagged('read').latency.p95)
  })
})

test('every miss is told with what stands behind it', () => {
  const limits = {
    p95: '300ms',
    throughput: '1/s',
    'POST *': { errorRate: '5%' },
    cpu: 0.6,
  } as const
  expect(messageOf(() => expect(run).toMeet(limits))).toMatchInlineSnapshot(`
    "expect(run).toMeet()

    2 of 4 limits missed
    p95 latency of all requests: 400 ms, 33.3 % over the limit of 300 ms
      100 requests, 2 failed (infinitely slow)
      p50 50 ms · p90 100 ms · p95 400 ms · p99 ∞ · slowest success 400 ms
      commonest error: 2× POST /orders answered 503
      not proven: 10 of 100 requests took longer, which may be one slow moment;
          p95 at 95 % needs ≥200 requests over ≥5 s, had 100
    error rate of POST /orders: 20 %, 15 points over the limit of 5 %
      10 requests, 2 failed
      failures: 2 status
      not proven: error rate at 95 % needs ≥200 requests over ≥5 s, had 10"
  `)
})

test('each limit is a verdict of its own, with its band', ({ task }) => {
  const before = verdictsOf(task).length
  expect(run).toMeet({
    p95: { excellent: '100ms', good: '500ms', critical: '2s' },
    errorRate: { acceptable: '1%', warning: '1.5%', critical: '10%' },
    throughput: '1/s',
  })
  const verdicts = verdictsOf(task).slice(before)
  expect(verdicts.map(({ subject, status, band }) => [subject, status, band])).toEqual([
    ['p95 latency of all requests', 'pass', 'good'],
    ['error rate of all requests', 'pass', 'warning'],
    ['throughput of all requests', 'pass', undefined],
  ])
})

test('limits that were given to the load', () => {
  const limited = { ...run, limits: { p95: '400ms' } } as LoadRun
  expect(limited).toMeetLimits()
  expect(() => expect({ ...limited, limits: { p95: '1ms' } } as LoadRun).toMeetLimits()).toThrow(
    '1 of 1 limit missed',
  )
})

test.each([
  ['a request that did not occur', { checkot: { p95: 1 }, p95: '1h' }],
  ['a figure without samples', { 'GET /orders': { ttft: { p95: '5s' } }, gap: { p50: 1 } }],
  ['a limit without a unit', { p95: '300' }],
] as const)('is never a pass: %s', (_what, limits) => {
  expect(messageOf(() => expect(run).toMeet(limits as never))).toMatchSnapshot()
})

test.each([
  ['.not', () => expect(run).not.toMeet({ p95: '1ms' })],
  [
    'a request with limits of another',
    () => expect(run.request('GET /orders')).toMeet({ 'POST /orders': { p95: 1 } }),
  ],
  [
    'a request with limits of the service',
    () => expect(run.request('GET /orders')).toMeet({ cpu: 1 }),
  ],
  ['a distribution with an error rate', () => expect(run.ttft).toMeet({ errorRate: 0 })],
  ['a run without limits', () => expect(run).toMeetLimits()],
  ['a promise', () => expect(Promise.resolve(run) as never).toMeet({ p95: 1 })],
])('misuse: %s', (_what, misuse) => expect(messageOf(misuse)).toMatchSnapshot())
