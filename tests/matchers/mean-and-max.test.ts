import { expect, test } from 'vitest'
import { perfMatchers } from '../../src/matchers.ts'
import { messageOf } from '../support/message-of.ts'
import { recordedRun } from '../support/recorded.ts'

expect.extend(perfMatchers)

/** Mean 150 ms, slowest 250 ms, and a failure that neither of them knows of. */
const run = recordedRun([
  { took: 100, times: 2, at: 500 },
  { took: 250, at: 1_500 },
  { outcome: 'reset', message: 'lost its connection', at: 2_500 },
])

test('mean and maximum are of the successes, limits inclusive', () => {
  expect(run).toHaveMeanBelow('150ms')
  expect(run).toHaveMaxBelow('250ms')
  expect(run).not.toHaveMaxBelow('249ms')
})

test('the mean says that it is of the successes', () => {
  expect(messageOf(() => expect(run).toHaveMeanBelow('100ms'))).toMatchInlineSnapshot(`
    "expect(run).toHaveMeanBelow('100ms')

    mean latency of all requests (successes): 150 ms, 50 % over the limit of 100 ms
      4 requests, 1 failed (left out: the mean is of the successes)
      p50 100 ms · p90 250 ms · p95 250 ms · p99 250 ms · max 250 ms
      worst second: 1 s in, mean 250 ms
      commonest error: 1× chat lost its connection
      not proven: mean at 95 % needs ≥200 requests over ≥5 s, had 3"
  `)
})

test('the maximum says when the slowest was', () => {
  expect(messageOf(() => expect(run).toHaveMaxBelow('100ms'))).toMatchInlineSnapshot(`
    "expect(run).toHaveMaxBelow('100ms')

    max latency of all requests (successes): 250 ms, 2.5 times the limit of 100 ms
      4 requests, 1 failed (left out: the max is of the successes)
      p50 100 ms · p90 250 ms · p95 250 ms · p99 250 ms · max 250 ms
      worst second: 1 s in, max 250 ms
      commonest error: 1× chat lost its connection"
  `)
})
