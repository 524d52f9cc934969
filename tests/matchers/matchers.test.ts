import { expect, test } from 'vitest'
import { perfMatchers } from '../../src/matchers.ts'
import { verdictsOf } from '../../src/matchers/verdict-log.ts'
import { messageOf } from '../support/message-of.ts'
import { recordedRun } from '../support/recorded.ts'

expect.extend(perfMatchers)

const run = recordedRun([{ took: 100, times: 10 }], { title: 'chat.perf.ts > ten users' })

test('asymmetric', () => {
  expect({ run }).toEqual({ run: expect.toHaveP95Below('100ms') })
  expect({ run }).toEqual({ run: expect.not.toHaveP95Below('99ms') })
  expect({ run }).not.toEqual({ run: expect.toHaveP95Below('99ms') })
  const idle = recordedRun([])
  expect(() => expect({ idle }).toEqual({ idle: expect.not.toHaveP95Below('1s') })).toThrow(
    'no samples',
  )
})

test('resolves', async () => {
  await expect(Promise.resolve(run)).resolves.toHaveP95Below('100ms')
  await expect(Promise.resolve(run)).resolves.not.toHaveMaxBelow('99ms')
})

test('the error shows no diff', () => {
  try {
    expect(run).toHaveP95Below('50ms')
  } catch (error) {
    expect(error).toMatchObject({ actual: undefined, expected: undefined })
  }
  expect.assertions(2)
})

test('a message of the test stands in front', () => {
  expect(messageOf(() => expect(run, 'chat is quick').toHaveP95Below('50ms'))).toMatch(
    /^chat is quick: expect\(run\)/,
  )
})

test('every verdict stays with its test, those that failed included', ({ task, expect }) => {
  expect(run).toHaveP95Below('300ms')
  expect(() => expect(run.request('chat')).not.toHaveSuccessRateAbove('90%')).toThrow()
  expect(() => expect(run.ttft).toHaveP50Below('5s')).toThrow()
  expect(verdictsOf(task)).toMatchInlineSnapshot(`
    [
      {
        "limit": 300,
        "measured": 100,
        "metric": "p95",
        "negated": false,
        "operator": "at most",
        "proof": {
          "beyond": 0,
          "confidence": 0.95,
          "counts": "requests",
          "needs": 200,
          "short": 5,
          "status": "inconclusive",
        },
        "run": "chat.perf.ts > ten users",
        "samples": 10,
        "status": "pass",
        "subject": "p95 latency of all requests",
        "unit": "ms",
      },
      {
        "limit": 0.9,
        "measured": 1,
        "metric": "successRate",
        "negated": true,
        "operator": "at least",
        "proof": {
          "confidence": 0.95,
          "counts": "requests",
          "needs": 100,
          "short": 5,
          "status": "inconclusive",
        },
        "run": undefined,
        "samples": 10,
        "status": "fail",
        "subject": "success rate of chat",
        "unit": "ratio",
      },
      {
        "limit": 5000,
        "measured": undefined,
        "metric": "p50",
        "negated": false,
        "operator": "at most",
        "run": undefined,
        "samples": 0,
        "status": "fail",
        "subject": "p50 TTFT of all requests",
        "unit": "ms",
      },
    ]
  `)
})

test('a poll leaves its last answer only', async ({ task, expect }) => {
  const runs = [recordedRun([{ took: 900 }]), recordedRun([{ took: 900 }]), run]
  const newest = (): typeof run => runs.shift() ?? run
  await expect.poll(newest, { interval: 1 }).toHaveP95Below('300ms')
  expect(verdictsOf(task)).toMatchObject([{ status: 'pass', measured: 100 }])
})

test.fails('soft goes on, and fails the test in the end', ({ expect }) => {
  expect.soft(run).toHaveP95Below('50ms')
  expect.soft(run).toHaveP95Below('100ms')
})

test('a soft judgement leaves its verdict like any other', ({ task, expect }) => {
  expect.soft(run).toHaveP95Below('100ms')
  expect(verdictsOf(task)).toMatchObject([{ status: 'pass', measured: 100 }])
})
