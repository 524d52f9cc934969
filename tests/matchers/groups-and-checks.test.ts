import { expect, test } from 'vitest'
import { perfMatchers } from '../../src/matchers.ts'
import { messageOf } from '../support/message-of.ts'
import { recordedRun } from '../support/recorded.ts'

expect.extend(perfMatchers)

const run = recordedRun([{ took: 100, times: 10 }], {
  record: (recorder) => {
    for (let time = 0; time < 10; time++) {
      const outcome = time === 9 ? 'error' : 'ok'
      const startedAt = 500 - 10 * (time + 1)
      recorder
        .group('checkout')
        .record({ outcome, startedAt, endedAt: 500, firstByteAt: undefined })
      recorder.checks.note('has an id', time > 1, 'expected undefined to be defined')
    }
  },
})

test('a group takes the matchers of an operation', () => {
  expect(run.group('checkout')).toHaveP50Below('50ms')
  expect(run.group('checkout')).toHaveSuccessRateAbove('90%')
  expect(run.group('checkout')).toMeet({ p90: '90ms', errorRate: '10%' })
  expect(messageOf(() => expect(run.group('checkout')).toHaveP95Below('50ms')))
    .toMatchInlineSnapshot(`
      "expect(group).toHaveP95Below('50ms')

      p95 latency of checkout: infinitely slow, the limit is 50 ms
        10 groups, 1 failed (infinitely slow; of the successes: p95 90 ms)
        p50 50 ms · p90 90 ms · p95 ∞ · p99 ∞ · slowest success 90 ms
        failures: 1 error
        not proven: 5 of 10 groups took longer, which may be one slow moment; p95 at
            95 % needs ≥200 groups over ≥5 s, had 10"
    `)
})

test('limits of a run name groups beside requests', () => {
  expect(run).toMeet({ checkout: { p90: '90ms' }, chat: { p90: '200ms' } })
  expect(messageOf(() => expect(run).toMeet({ checkuot: { p90: '90ms' } }))).toMatchInlineSnapshot(
    `"limits.checkuot.p90: "checkuot" did not occur in this run; known: "chat", "checkout"; did you mean "checkout"?"`,
  )
})

test('a check takes toHaveSuccessRateAbove', () => {
  expect(run.check('has an id')).toHaveSuccessRateAbove('80%')
  expect(messageOf(() => expect(run.check('has an id')).toHaveSuccessRateAbove('99%')))
    .toMatchInlineSnapshot(`
    "expect(check).toHaveSuccessRateAbove('99%')

    check has an id: 80 %, 19 points under the limit of 99 %
      8 of 10
      the first failure said: expected undefined to be defined"
  `)
  expect(
    messageOf(() => expect(run.check('has an id') as unknown).toHaveP95Below('1s')),
  ).toMatchInlineSnapshot(
    `"toHaveP95Below takes a run, a request (run.request(name)), the iterations (run.iterations), a distribution (run.ttft), a timing metric or a bench result, got the check "has an id". It has toHaveSuccessRateAbove"`,
  )
})
