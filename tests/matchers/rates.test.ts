import { expect, test } from 'vitest'
import { perfMatchers } from '../../src/matchers.ts'
import { messageOf } from '../support/message-of.ts'
import { recordedRun } from '../support/recorded.ts'

expect.extend(perfMatchers)

/** 20 operations in 4 s, 2 of them failed: 4.5 successes per second, 90 % of all. */
const run = recordedRun(
  [
    { times: 8, at: 500 },
    { times: 2, at: 1_500 },
    { outcome: 'status', times: 2, at: 1_600 },
    { times: 4, at: 2_500 },
    { times: 4, at: 3_500 },
  ],
  { duration: 4_000 },
)
const perfect = recordedRun([{ times: 10 }])

test('throughput is of the successes, per second of the judged time', () => {
  expect(run).toHaveThroughputAbove('4.5/s')
  expect(run.request('chat')).toHaveThroughputAbove(4.5)
  expect(run.iterations).toHaveThroughputAbove('270/min')
  expect(run).not.toHaveThroughputAbove('4.6/s')
})

test('rates on their limit are within it: 100 % and 0 can be asked for', () => {
  expect(run).toHaveSuccessRateAbove('90%')
  expect(run).toHaveErrorRateBelow('10%')
  expect(perfect).toHaveSuccessRateAbove('100%')
  expect(perfect).toHaveErrorRateBelow(0)
  expect(run).not.toHaveSuccessRateAbove('100%')
})

test("a rate of the suite's own is a success rate", () => {
  const { metric } = recordedRun([{}], {
    metrics: (metrics) => {
      metrics.rate('cache hit', true)
      metrics.rate('cache hit', false)
    },
  })
  expect(metric('cache hit')).toHaveSuccessRateAbove('50%')
  const judge = (): void => expect(metric('cache hit')).toHaveSuccessRateAbove('80%')
  expect(messageOf(judge)).toMatchInlineSnapshot(`
    "expect(rate).toHaveSuccessRateAbove('80%')

    rate of cache hit: 50 %, 30 points under the limit of 80 %
      1 of 2"
  `)
})

test('too little throughput names the slowest second', () => {
  expect(messageOf(() => expect(run).toHaveThroughputAbove('50/s'))).toMatchInlineSnapshot(`
    "expect(run).toHaveThroughputAbove('50/s')

    throughput of all requests: 4.5/s, 91 % under the limit of 50/s
      20 requests, 2 failed (throughput is of the successes)
      slowest second: 1 s in, 2/s, 2 of 4 failed
      commonest error: 2× chat answered 503
      not proven: throughput at 95 % needs ≥200 requests over ≥5 s, had 20"
  `)
})

test('a success rate is missed by points, and the worst second had the most failures', () => {
  expect(messageOf(() => expect(run).toHaveSuccessRateAbove('99%'))).toMatchInlineSnapshot(`
    "expect(run).toHaveSuccessRateAbove('99%')

    success rate of all requests: 90 %, 9 points under the limit of 99 %
      20 requests, 2 failed
      worst second: 1 s in, 2 of 4 failed
      commonest error: 2× chat answered 503
      not proven: success rate at 95 % needs ≥1,000 requests over ≥5 s, had 20"
  `)
})

test('an error rate is missed by points', () => {
  expect(messageOf(() => expect(run).toHaveErrorRateBelow('1%'))).toMatchInlineSnapshot(`
    "expect(run).toHaveErrorRateBelow('1%')

    error rate of all requests: 10 %, 9 points over the limit of 1 %
      20 requests, 2 failed
      worst second: 1 s in, 2 of 4 failed
      commonest error: 2× chat answered 503
      not proven: error rate at 95 % needs ≥1,000 requests over ≥5 s, had 20"
  `)
})

test('under .not', () => {
  expect(messageOf(() => expect(run).not.toHaveErrorRateBelow('20%'))).toMatchInlineSnapshot(`
    "expect(run).not.toHaveErrorRateBelow('20%')

    error rate of all requests: 10 % is at most 20 %, expected it above
      20 requests, 2 failed
      worst second: 1 s in, 2 of 4 failed
      commonest error: 2× chat answered 503
      not proven: error rate at 95 % needs ≥50 requests over ≥5 s, had 20"
  `)
})

test('a bare 5 is no ratio', () => {
  expect(messageOf(() => expect(run).toHaveErrorRateBelow(5))).toMatchInlineSnapshot(
    `"toHaveErrorRateBelow(limit) must be a ratio from 0 to 1 or a string like '95%', got 5. Write '5%'"`,
  )
})

test('iterations that failed by themselves are told apart from requests', () => {
  const run = { ...recordedRun([{ times: 6 }, { times: 2, outcome: 'assertion' }]), ownFailures: 2 }
  expect(messageOf(() => expect(run).toHaveSuccessRateAbove('99%'))).toMatchInlineSnapshot(`
    "expect(run).toHaveSuccessRateAbove('99%')

    success rate of all requests: 75 %, 24 points under the limit of 99 %
      6 requests and 2 iterations that failed by themselves, 2 failed
      commonest error: 2× chat: answered 503"
  `)
})
