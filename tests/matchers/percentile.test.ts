import { expect, test } from 'vitest'
import { perfMatchers } from '../../src/matchers.ts'
import { messageOf } from '../support/message-of.ts'
import { recordedRun } from '../support/recorded.ts'

expect.extend(perfMatchers)

/** 1 to 100 ms, one of each. */
const evenly = recordedRun(Array.from({ length: 100 }, (_, index) => ({ took: index + 1 })))

/** 95 quick ones in two seconds, 4 slow ones in the second of them, 3 failures in the third. */
const rough = recordedRun([
  { took: 120, times: 50, at: 500 },
  { took: 180, times: 43, at: 1_500 },
  { took: 410, times: 4, at: 1_600 },
  { outcome: 'status', times: 2, at: 2_200 },
  { outcome: 'timeout', message: 'timed out', at: 2_300 },
])

test('a percentile on its limit is within it', () => {
  expect(evenly).toHaveP50Below('50ms')
  expect(evenly).toHaveP90Below('90ms')
  expect(evenly).toHaveP95Below('95ms')
  expect(evenly).toHaveP99Below(99)
  expect(evenly).toHavePercentileBelow(75, '75ms')
  expect(evenly).toHavePercentileBelow(100, '0.1s')
  expect(evenly).not.toHaveP50Below('49ms')
})

test('it reads a run, a request, the iterations, a distribution and a timing', () => {
  const run = recordedRun([{ took: 100, ttft: 20 }], {
    metrics: (metrics) => metrics.timing('db query', 5),
  })
  expect(run).toHaveP95Below('100ms')
  expect(run.request('chat')).toHaveP95Below('100ms')
  expect(run.iterations).toHaveP95Below('100ms')
  expect(run.ttft).toHaveP95Below('20ms')
  expect(run.metric('db query')).toHaveP95Below('5ms')
})

test('failures are infinitely slow: 3 of 100 leave a p95 and take the p99', () => {
  expect(rough).toHaveP95Below('410ms')
  expect(rough).not.toHaveP99Below('1h')
  expect(rough).toHaveP99Below('410ms', { of: 'successes' })
})

test('the message says by how much, of how many, and where it was worst', () => {
  expect(messageOf(() => expect(rough).toHaveP95Below('300ms'))).toMatchInlineSnapshot(`
    "expect(run).toHaveP95Below('300ms')

    p95 latency of all requests: 410 ms, 36.7 % over the limit of 300 ms
      100 requests, 3 failed (infinitely slow; of the successes: p95 180 ms)
      p50 120 ms · p90 180 ms · p95 410 ms · p99 ∞ · slowest success 410 ms
      worst second: 2 s in, p95 ∞, 3 of 3 failed
      commonest error: 2× chat answered 503
      not proven: 7 of 100 requests took longer, which may be chance; p95 at 95 %
          needs ≥330 requests over ≥5 s, had 100"
  `)
})

test('a percentile among the failures is infinite, and the other reading stands beside it', () => {
  expect(messageOf(() => expect(rough).toHaveP99Below('300ms'))).toMatchInlineSnapshot(`
    "expect(run).toHaveP99Below('300ms')

    p99 latency of all requests: infinitely slow, the limit is 300 ms
      100 requests, 3 failed (infinitely slow; of the successes: p99 410 ms)
      p50 120 ms · p90 180 ms · p95 410 ms · p99 ∞ · slowest success 410 ms
      worst second: 2 s in, p99 ∞, 3 of 3 failed
      commonest error: 2× chat answered 503
      not proven: 7 of 100 requests took longer, which may be one slow moment;
          p99 at 95 % needs ≥1,000 requests over ≥5 s, had 100"
  `)
})

test('of the successes only, it says so', () => {
  const judge = (): void => expect(rough).toHavePercentileBelow(99, '300ms', { of: 'successes' })
  expect(messageOf(judge)).toMatchInlineSnapshot(`
    "expect(run).toHavePercentileBelow(99, '300ms', { of: 'successes' })

    p99 latency of all requests (successes): 410 ms, 36.7 % over the limit of 300 ms
      100 requests, 3 failed (left out; counted as infinitely slow: p99 ∞)
      p50 120 ms · p90 180 ms · p95 180 ms · p99 410 ms · max 410 ms
      worst second: 1 s in, p99 410 ms
      commonest error: 2× chat answered 503
      not proven: 4 of 97 requests took longer, which may be one slow moment; p99 at
          95 % needs ≥1,000 requests over ≥5 s, had 97"
  `)
})

test('a request knows how its operations ended, not with which error', () => {
  const judge = (): void => expect(rough.request('chat')).toHaveP95Below('300ms')
  expect(messageOf(judge)).toMatchInlineSnapshot(`
    "expect(request).toHaveP95Below('300ms')

    p95 latency of chat: 410 ms, 36.7 % over the limit of 300 ms
      100 requests, 3 failed (infinitely slow; of the successes: p95 180 ms)
      p50 120 ms · p90 180 ms · p95 410 ms · p99 ∞ · slowest success 410 ms
      worst second: 2 s in, p95 ∞, 3 of 3 failed
      failures: 2 status · 1 timeout
      not proven: 7 of 100 requests took longer, which may be chance; p95 at 95 %
          needs ≥330 requests over ≥5 s, had 100"
  `)
})

test('what nearly met its limit is printed with the digits that tell', () => {
  const run = recordedRun([{ took: 300.4 }])
  expect(messageOf(() => expect(run).toHaveP95Below('300ms'))).toMatchInlineSnapshot(`
    "expect(run).toHaveP95Below('300ms')

    p95 latency of all requests: 300.4 ms, 0.133 % over the limit of 300 ms
      1 request
      p50 300 ms · p90 300 ms · p95 300 ms · p99 300 ms · max 300 ms
      not proven: 1 of 1 requests took longer, which may be chance; p95 at 95 %
          needs ≥200 requests over ≥5 s, had 1"
  `)
})

test('far beyond the limit is told in times', () => {
  const run = recordedRun([{ took: 1_900, ttft: 1_300 }])
  expect(messageOf(() => expect(run.ttft).toHaveP95Below('300ms'))).toMatchInlineSnapshot(`
    "expect(distribution).toHaveP95Below('300ms')

    p95 TTFT of all requests: 1.3 s, 4.33 times the limit of 300 ms
      1 sample
      p50 1.3 s · p90 1.3 s · p95 1.3 s · p99 1.3 s · max 1.3 s
      not proven: 1 of 1 samples took longer, which may be chance; p95 at 95 % needs
          ≥200 samples over ≥5 s, had 1"
  `)
})

test('under .not the limit must be broken', () => {
  expect(messageOf(() => expect(evenly).not.toHaveP95Below('1s'))).toMatchInlineSnapshot(`
    "expect(run).not.toHaveP95Below('1s')

    p95 latency of all requests: 95 ms is at most 1 s, expected it above
      100 requests
      p50 50 ms · p90 90 ms · p95 95 ms · p99 99 ms · max 100 ms
      not proven: p95 at 95 % needs ≥200 requests over ≥5 s, had 100"
  `)
})

test('no line is longer than 80 columns', () => {
  const name = 'POST /api/v1/organisations/{}/projects/{}/conversations/{}/messages'
  const message =
    'answered 503 because the upstream pool of workers was exhausted for longer than a minute'
  const run = recordedRun([
    { name, took: 400, times: 9 },
    { name, outcome: 'status', message },
  ])
  const text = messageOf(() => expect(run.request(name)).toHaveP50Below('300ms'))
  expect(text.split('\n').filter((line) => line.length > 80)).toEqual([])
  expect(text).toMatchInlineSnapshot(`
    "expect(request).toHaveP50Below('300ms')

    p50 latency of POST
        /api/v1/organisations/{}/projects/{}/conversations/{}/messages: 400 ms,
        33.3 % over the limit of 300 ms
      10 requests, 1 failed (infinitely slow)
      p50 400 ms · p90 400 ms · p95 ∞ · p99 ∞ · slowest success 400 ms
      failures: 1 status
      not proven: 10 of 10 requests took longer, which may be one slow moment;
          p50 at 95 % needs ≥20 requests over ≥5 s, had 10"
  `)
  const ofRun = messageOf(() => expect(run).toHaveP50Below('300ms'))
  expect(ofRun.split('\n').filter((line) => line.length > 80)).toEqual([])
})

test.each([
  [
    () => expect(evenly).toHaveP95Below('300' as '300ms'),
    "toHaveP95Below(limit) must be milliseconds or a string like '250ms', '1.5s', '2m', got \"300\". Write the unit: '300ms', '300s', '300m', '300h'",
  ],
  [
    () => expect(evenly).toHavePercentileBelow(0.95, '300ms'),
    'toHavePercentileBelow(p) must be a percentile from 1 to 100, got 0.95. Write 95',
  ],
  [
    () => expect(evenly).toHavePercentileBelow(101, '300ms'),
    'toHavePercentileBelow(p) must be a percentile from 1 to 100, got 101',
  ],
  [
    () => expect(evenly).toHaveP95Below('300ms', { of: 'success' as 'successes' }),
    "toHaveP95Below(…, options).of must be 'all' or 'successes', got \"success\"",
  ],
  [
    () => expect(evenly).toHaveP95Below('300ms', { off: 'all' } as object),
    'toHaveP95Below(…, options).off is not an option; known: "of", "confidence", "onInconclusive"; did you mean "of"?',
  ],
  [
    () => expect(evenly).toHaveP95Below('300ms', { confidence: 0.3 }),
    "toHaveP95Below(…, options).confidence must be above 0.5 and below 1, like 0.95 or '99%', got 0.3",
  ],
  [
    () => expect(evenly).toHaveMeanBelow('300ms', { onInconclusive: 'extend' }),
    "toHaveMeanBelow(…, options).onInconclusive 'extend' is of a load, before it ends: load({ limits, verdict: { onInconclusive: 'extend' } })",
  ],
])('a mistake in an argument is told before anything is judged: %#', (judge, message) => {
  expect(messageOf(judge)).toBe(message)
})

test('what the end of the run cut off counts as slower than a limit that it had passed, else not at all', () => {
  // 95 answers, and 5 requests that had waited for 2 s when the run ended.
  const hung = recordedRun([
    { took: 100, times: 95 },
    { took: 2_000, times: 5, at: 2_500, outcome: 'cutOff' },
  ])
  expect(hung).toHaveP95Below('100ms')
  expect(hung).not.toHaveP99Below('1s')
  // After 2 s they were not late yet for a limit of 2.1 s: nothing is known of them.
  expect(hung).toHaveP99Below('2.1s')
  expect(hung).toHaveP99Below('1s', { of: 'successes' })
  expect(messageOf(() => expect(hung).toHaveP99Below('1s'))).toMatchInlineSnapshot(`
    "expect(run).toHaveP99Below('1s')

    p99 latency of all requests: infinitely slow, the limit is 1 s
      95 requests
      p50 100 ms · p90 100 ms · p95 100 ms · p99 ∞ · slowest success 100 ms
      5 requests cut off at the end after more than 1 s: infinitely slow
      worst second: at the start, p99 100 ms
      not proven: 5 of 100 requests took longer, which may be one slow moment;
          p99 at 95 % needs ≥1,000 requests over ≥5 s, had 100"
  `)
})

test('nothing but requests cut off after the limit is a miss; before it, there is nothing to judge', () => {
  const stuck = recordedRun([{ took: 2_000, times: 5, at: 2_500, outcome: 'cutOff' }])
  expect(messageOf(() => expect(stuck).toHaveP50Below('1s'))).toMatchInlineSnapshot(`
    "expect(run).toHaveP50Below('1s')

    p50 latency of all requests: infinitely slow, the limit is 1 s
      0 requests
      p50 ∞ · p90 ∞ · p95 ∞ · p99 ∞ · slowest success –
      5 requests cut off at the end after more than 1 s: infinitely slow"
  `)
  expect(() => expect(stuck).toHaveP50Below('3s')).toThrow('all 5 requests were cut off')
})
