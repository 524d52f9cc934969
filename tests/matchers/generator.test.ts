import { describe, expect, test } from 'vitest'
import { perfMatchers } from '../../src/matchers.ts'
import { messageOf } from '../support/message-of.ts'
import { memory, recordedRun, type Row } from '../support/recorded.ts'

expect.extend(perfMatchers)

const rows: readonly Row[] = [{ took: 410, ttft: 50, times: 20 }, { outcome: 'status' }]
const saturated = recordedRun(rows, {
  memory: memory({ samples: 4, start: 1e6, end: 9e6, peak: 9e6, growth: 8e6 }),
  generator: { saturated: true, reasons: ['event loop busy 97 %', 'delay p99 183 ms'] },
})
const SAID = /the generator was saturated \(event loop busy 97 %, delay p99 183 ms\): the\s+service/

test('a latency limit that a saturated generator missed says so', () => {
  expect(messageOf(() => expect(saturated).toHaveP90Below('300ms'))).toMatchInlineSnapshot(`
    "expect(run).toHaveP90Below('300ms')

    p90 latency of all requests: 410 ms, 36.7 % over the limit of 300 ms
      21 requests, 1 failed (infinitely slow)
      p50 410 ms · p90 410 ms · p95 410 ms · p99 ∞ · slowest success 410 ms
      commonest error: 1× chat answered 503
      not proven: 21 of 21 requests took longer, which may be one slow moment;
          p90 at 95 % needs ≥100 requests over ≥5 s, had 21
      the generator was saturated (event loop busy 97 %, delay p99 183 ms): the
          service may be faster than this"
  `)
})

test('so do all limits of times and of throughput, on whatever they are', () => {
  const { iterations, ttft } = saturated
  const missed = [
    () => expect(saturated.request('chat')).toHaveP50Below('300ms'),
    () => expect(saturated.request('chat').latency).toHaveMeanBelow('300ms'),
    () => expect(iterations).toHaveMaxBelow('300ms'),
    () => expect(ttft).toHaveP50Below('20ms'),
    () => expect(saturated).toHaveThroughputAbove('50/s'),
    () => expect(saturated).toMeet({ p50: '300ms', errorRate: '50%' }),
    () => expect(saturated).toMeet({ throughput: '50/s' }),
    () => expect(saturated.window(0, '1s')).toHaveP50Below('300ms'),
    () => expect(saturated.window(0, '1s').request('chat').latency).toHaveP50Below('300ms'),
    () => expect(saturated.window(0, '1s').iterations).toHaveThroughputAbove('50/s'),
  ]
  for (const each of missed) expect(messageOf(each)).toMatch(SAID)
})

test('several limits that are missed say it once', () => {
  const message = messageOf(() =>
    expect(saturated).toMeet({ p50: '300ms', throughput: '50/s', errorRate: '1%' }),
  )
  expect(message.split('saturated')).toHaveLength(2)
})

describe('nothing of it is said', () => {
  test('of what no generator makes worse: errors, memory', () => {
    const missed = [
      () => expect(saturated).toHaveErrorRateBelow('1%'),
      () => expect(saturated).toMeet({ errorRate: '1%' }),
      () => expect(saturated.memory).toHaveGrowthBelow('1MB'),
    ]
    for (const each of missed) expect(messageOf(each)).not.toContain('saturated')
  })

  test('under .not: what was too fast for the test was not made so', () => {
    const message = messageOf(() => expect(saturated).not.toHaveP50Below('1s'))
    expect(message).not.toContain('saturated')
  })

  test('when the generator had time left', () => {
    const message = messageOf(() => expect(recordedRun(rows)).toHaveP50Below('300ms'))
    expect(message).not.toContain('generator')
  })
})

test('a machine that was busy with other work is told apart', () => {
  const run = recordedRun(rows, {
    generator: { hostBusy: true, reasons: ['host CPU 99 %, generator 10 %', 'delay p99 140 ms'] },
  })
  expect(messageOf(() => expect(run).toHaveMeanBelow('300ms'))).toContain(
    'the machine was busy (host CPU 99 %, generator 10 %, delay p99 140 ms)',
  )
})
