import { describe, expect, test } from 'vitest'
import type { OutcomeKind } from '../../src/metrics/outcome.ts'
import { PART, Recorder } from '../../src/metrics/recorder.ts'
import { summarize } from '../../src/metrics/summary.ts'

const sample = (endedAt: number, took: number, outcome: OutcomeKind = 'ok') => ({
  outcome,
  startedAt: endedAt - took,
  endedAt,
  firstByteAt: endedAt - took + 1,
})

describe('a run of ten seconds', () => {
  // chat: 10, 20, … 100 ms, one of 503 and one cut off; history: 5 ms twice.
  const recorder = new Recorder(0)
  recorder.series('chat').record(sample(400, 10))
  recorder.series('history').record(sample(500, 5))
  recorder.series('history').record(sample(600, 5))
  for (let nth = 2; nth <= 10; nth++) {
    recorder.series('chat').record(sample(nth * 1_000 - 1, nth * 10))
  }
  recorder.series('chat').record(sample(9_999, 1, 'status'))
  recorder.series('chat').record(sample(9_999, 1, 'cutOff'))
  for (let nth = 0; nth < 11; nth++) recorder.iteration(sample(9_999, 200))
  recorder.users(3)
  const run = summarize(recorder.data(10_000), 10_000)
  const [chat] = run.requests

  test.each([
    ['count', 11, 'ten successes and a failure; what was cut off is not completed'],
    ['ok', 10, 'ten'],
    ['failed', 1, 'the 503'],
    ['aborted', 1, 'cut off by the end'],
    ['successRate', 10 / 11, '10 of 11'],
    ['errorRate', 1 / 11, '1 of 11'],
  ] as const)('chat.%s is %d: %s', (field, value, _why) => {
    expect(chat?.[field]).toBe(value)
  })

  test.each([
    ['mean', 55, '(10 + … + 100) / 10'],
    ['min', 10, 'the least'],
    ['p50', 50, 'the 5th of ten'],
    ['p75', 80, 'rank ⌈7.5⌉, the 8th'],
    ['p90', 90, 'the 9th'],
    ['p95', 100, 'rank ⌈9.5⌉, the 10th'],
    ['p99', 100, 'the 10th'],
    ['p999', 100, 'the 10th'],
    ['max', 100, 'the greatest'],
  ] as const)('the latency of chat has %s %d: %s', (field, value, _why) => {
    expect(Math.abs((chat?.latency[field] ?? NaN) - value) / value).toBeLessThan(0.0005)
  })

  test('throughput counts successes over the judged time', () => {
    expect(chat?.throughput.mean).toBe(1)
    expect(run.throughput.mean).toBe(1.2)
  })

  test('the run is all its requests together', () => {
    expect([run.count, run.ok, run.failed, run.aborted]).toEqual([13, 12, 1, 1])
    expect(run.latency).toMatchObject({ label: 'latency of all requests', count: 12, failed: 1 })
    expect(run.latency.mean).toBe((550 + 10) / 12)
    expect(run.requests.map(({ name }) => name)).toEqual(['chat', 'history'])
    expect(run.iterations).toMatchObject({ count: 11, ok: 11 })
    expect(run.timeline).toHaveLength(10)
    expect(run.timeline[0]).toMatchObject({ at: 0, width: 1_000, ok: 3 })
  })

  test('is plain data: JSON and back changes nothing', () => {
    expect(JSON.parse(JSON.stringify(run))).toEqual(run)
    expect(structuredClone(run)).toEqual(run)
  })
})

test('nothing recorded is undefined, not zero', () => {
  const run = summarize(new Recorder(0).data(1_000), 1_000)
  expect(run).toMatchObject({ count: 0, requests: [], errors: [], metrics: [], timeline: [] })
  expect([run.successRate, run.errorRate, run.throughput.mean]).toEqual(Array(3).fill(undefined))
  expect([run.latency.mean, run.latency.p95, run.latency.max]).toEqual(Array(3).fill(undefined))
})

describe('what counts', () => {
  test('the calls inside an operation are shown under it and counted once', () => {
    const recorder = new Recorder(0)
    recorder.series(`chat${PART}POST /chat`, { part: true }).record(sample(100, 40))
    recorder.series(`chat${PART}GET /status`, { part: true }).record(sample(150, 50))
    recorder.series('chat').record(sample(160, 100))
    const run = summarize(recorder.data(1_000), 1_000)
    expect([run.count, run.latency.mean]).toEqual([1, 100])
    expect(run.requests.map(({ name }) => name)).toEqual(['chat'])
    expect(run.requests[0]?.parts.map(({ name, count }) => [name, count])).toEqual([
      ['chat › POST /chat', 1],
      ['chat › GET /status', 1],
    ])
  })

  test('a load without operations is judged by its iterations', () => {
    const recorder = new Recorder(0)
    recorder.iteration(sample(100, 20))
    recorder.iteration(sample(200, 40, 'error'), {
      kind: 'error',
      message: 'Error: no',
      own: true,
      describe: () => ({ kind: 'error', message: 'Error: no' }),
    })
    const run = summarize(recorder.data(1_000), 1_000)
    expect([run.count, run.ok, run.failed]).toEqual([2, 1, 1])
    expect(run.errors).toMatchObject([{ kind: 'error', name: 'iteration', count: 1 }])
  })

  test.each([
    [true, 1, 'failed by itself after good answers: it must not vanish'],
    [false, 0, 'ended by an operation that failed: that one is counted already'],
  ])('an iteration (own: %s) adds %d failures to the run: %s', (own, failed) => {
    const recorder = new Recorder(0)
    recorder.series('chat').record(sample(100, 20))
    const failure = { kind: 'error' as const, message: 'no' }
    const describe = () => failure
    recorder.iteration(sample(200, 40, 'error'), { ...failure, own, describe })
    expect(summarize(recorder.data(1_000), 1_000).failed).toBe(failed)
  })

  test('a stream that failed counts against the time to the first token', () => {
    const recorder = new Recorder(0)
    const stream = recorder.series('stream', { streaming: true })
    stream.record(sample(100, 50), { ttft: 10, ttct: 40, gaps: [5, 7] })
    stream.record(sample(200, 50, 'truncated'), { ttft: 10, ttct: undefined, gaps: [9] })
    stream.record(sample(300, 50, 'refused'))
    recorder.series('chat').record(sample(300, 50, 'refused'))
    const run = summarize(recorder.data(1_000), 1_000)
    expect(run.ttft).toMatchObject({ count: 1, failed: 2, mean: 10 })
    expect(run.ttct).toMatchObject({ count: 1, failed: 2, mean: 40 })
    expect(run.gap).toMatchObject({ count: 3, failed: 0, mean: 7 })
  })

  test('a name first used without saying that it streams is known to, from its first stream', () => {
    const recorder = new Recorder(0)
    recorder.series('ask').record(sample(100, 50, 'status'))
    recorder.series('ask', { streaming: true })
    expect(summarize(recorder.data(1_000), 1_000).ttft.failed).toBe(1)
  })
})

test('a recorder without a named operation is judged by its iterations, and says so', () => {
  const recorder = new Recorder(0)
  recorder.iteration(sample(100, 10))
  recorder.iteration(sample(200, 20, 'assertion'))
  const run = summarize(recorder.data(1_000), 1_000)
  expect([run.name, run.count, run.failed, run.ownFailures]).toEqual(['all iterations', 2, 1, 0])
})

test('an iteration that fails by itself counts beside the requests, and apart from them', () => {
  const recorder = new Recorder(0)
  for (let call = 0; call < 4; call++) recorder.series('chat').record(sample(100, 10))
  const describe = () => ({ kind: 'assertion' as const, message: 'wrong' })
  recorder.iteration(sample(100, 10, 'assertion'), {
    kind: 'assertion',
    message: 'wrong',
    own: true,
    describe,
  })
  const run = summarize(recorder.data(1_000), 1_000)
  expect([run.name, run.count, run.failed, run.ownFailures]).toEqual(['all requests', 5, 1, 1])
  expect(run.requests.map(({ count, failed }) => [count, failed])).toEqual([[4, 0]])
})
