import { describe, expect, test } from 'vitest'
import type { GoodLimits } from '../../src/limits/grammar.ts'
import type { LoadRun } from '../../src/load/load-run.ts'
import { perfMatchers } from '../../src/matchers.ts'
import { verdictsOf } from '../../src/matchers/verdict-log.ts'
import { fromRunRecord, toRunRecord } from '../../src/run-file/run-record.ts'
import { messageOf } from '../support/message-of.ts'
import { recordedRun } from '../support/recorded.ts'

expect.extend(perfMatchers)

const stream = (tpot: number | undefined): object => ({
  tpot,
  chunks: [1],
  tokens: { count: 9, source: 'usage' },
})

/**
 * In 10 s: 40 streams that are quick throughout, 30 that begin late, 20 that go on slowly, 5 of a single
 * token, 5 that failed; and 10 plain requests.
 */
const run = recordedRun([
  { name: 'stream', ttft: 100, took: 900, stream: stream(20), times: 40 },
  { name: 'stream', ttft: 800, took: 900, stream: stream(20), times: 30 },
  { name: 'stream', ttft: 100, took: 2_000, stream: stream(90), times: 20 },
  { name: 'stream', ttft: 100, took: 110, stream: stream(undefined), times: 5 },
  { name: 'stream', ttft: 100, took: 900, stream: stream(20), outcome: 'truncated', times: 5 },
  { name: 'chat', took: 200, times: 10 },
])

/** Per second of the ten. */
const goodput = (subject: LoadRun | ReturnType<LoadRun['request']>, limits: GoodLimits): number => {
  for (let tenths = 110; tenths >= 0; tenths--) {
    try {
      expect(subject).toHaveGoodputAbove(tenths / 10, limits)
      return tenths / 10
    } catch (error) {
      if (String(error).includes('UsageError')) throw error
    }
  }
  return -1
}

describe('good is what succeeded and holds every limit', () => {
  test.each<readonly [GoodLimits, number]>([
    [{ ttft: '500ms' }, 6.5],
    [{ tpot: '40ms' }, 7],
    [{ ttft: '500ms', tpot: '40ms' }, 4],
    [{ ttft: 100, tpot: 20 }, 4],
    [{ ttft: 99 }, 0],
    [{ latency: '1s' }, 7.5],
    [{ latency: '1s', ttft: '500ms' }, 4.5],
    [{ ttct: '1s', ttfb: '450ms' }, 7.5],
  ])('%j: %d/s of the streams', (limits, rate) =>
    expect(goodput(run.request('stream'), limits)).toBe(rate),
  )

  test.each<readonly [GoodLimits, number]>([
    [{ latency: '200ms' }, 1],
    [{ latency: '199ms' }, 0],
    [{ ttfb: '100ms' }, 1],
    [{ latency: '200ms', ttfb: '300ms' }, 1],
  ])('%j: %d/s of plain requests', (limits, rate) =>
    expect(goodput(run.request('chat'), limits)).toBe(rate),
  )

  test('of a run, a plain request holds a limit of latency, and none of a stream', () => {
    expect(goodput(run, { latency: '1s' })).toBe(8.5)
    expect(goodput(run, { latency: '1s', ttft: '500ms' })).toBe(4.5)
    expect(goodput(run.iterations as never, { latency: '1s' })).toBe(8.5)
  })

  test('when every stream failed, none is', () => {
    const failed = recordedRun([{ name: 'stream', ttft: 5, outcome: 'truncated', times: 3 }])
    expect(failed).toHaveGoodputAbove(0, { ttft: '1s' })
    expect(failed).not.toHaveGoodputAbove(0.1, { ttft: '1s' })
  })
})

describe('a message says', () => {
  const limits = { ttft: '500ms', tpot: '40ms' } as const

  test('how many were good, and which limit each success held', () => {
    const judge = (): void => expect(run.request('stream')).toHaveGoodputAbove('30/s', limits)
    expect(messageOf(judge)).toMatchInlineSnapshot(`
      "expect(request).toHaveGoodputAbove('30/s', { ttft: '500ms', tpot: '40ms' })

      goodput of stream (ttft ≤ 500 ms, tpot ≤ 40 ms): 4/s, 86.7 % under the limit of
          30/s
        100 requests: 40 good, 5 failed, 55 beyond a limit or without its time
        held by successes: ttft ≤ 500 ms: 65 · tpot ≤ 40 ms: 70
        failures: 5 truncated
        not proven: goodput at 95 % needs ≥200 good requests over ≥5 s, had 40"
    `)
  })

  test('the commonest error of a run', () => {
    const judge = (): void => expect(run).toHaveGoodputAbove('30/s', { latency: '1s' })
    expect(messageOf(judge)).toMatchInlineSnapshot(`
      "expect(run).toHaveGoodputAbove('30/s', { latency: '1s' })

      goodput of all requests (latency ≤ 1 s): 8.5/s, 71.7 % under the limit of 30/s
        110 requests: 85 good, 5 failed, 20 beyond a limit or without its time
        commonest error: 5× stream answered 503
        not proven: goodput at 95 % needs ≥200 good requests over ≥5 s, had 85"
    `)
  })

  test('that nothing streamed', () => {
    const judge = (): void => expect(run.request('chat')).toHaveGoodputAbove('1/s', limits)
    expect(messageOf(judge)).toMatchInlineSnapshot(
      `"goodput of chat (ttft ≤ 500 ms, tpot ≤ 40 ms) has no samples: no stream was recorded under it"`,
    )
  })

  test('that two times of plain requests are not known together', () => {
    const both = { latency: '1s', ttfb: '50ms' } as const
    const judge = (): void => expect(run.request('chat')).toHaveGoodputAbove('1/s', both)
    expect(messageOf(judge)).toMatchInlineSnapshot(
      `"goodput of chat (latency ≤ 1 s, ttfb ≤ 50 ms) has no samples: which latency belongs to which ttfb is kept of streams only. Give one of the two"`,
    )
  })

  test('that a run from a file has no longer the times of each', () => {
    const back = fromRunRecord(toRunRecord(run))
    expect(messageOf(() => expect(back).toHaveGoodputAbove('1/s', limits))).toMatchInlineSnapshot(
      `"goodput of all requests (ttft ≤ 500 ms, tpot ≤ 40 ms) has no samples: the times of each stream are known only in the test that ran the load"`,
    )
  })

  test.each([
    ['30', limits],
    ['30/s', {}],
    ['30/s', { gap: '40ms' }],
    ['30/s', { ttft: '500' }],
    ['30/s', undefined],
  ])('what is wrong with %j, %j', (rate, wrong) => {
    const judge = (): void => expect(run).toHaveGoodputAbove(rate as '30/s', wrong as typeof limits)
    expect(messageOf(judge)).toMatchSnapshot()
  })
})

test('it stands in the one grammar of limits, with bands for the rate', ({ task }) => {
  expect(run).toMeet({
    goodput: { rate: '4/s', ttft: '500ms', tpot: '40ms' },
    stream: { goodput: { rate: { good: '8/s', critical: '5/s' }, tpot: '40ms' } },
  })
  const told = verdictsOf(task).map(({ subject, measured, limit, band }) => [
    subject,
    measured,
    limit,
    band,
  ])
  expect(told).toEqual([
    ['goodput of all requests (ttft ≤ 500 ms, tpot ≤ 40 ms)', 4, 4, undefined],
    ['goodput of stream (tpot ≤ 40 ms)', 7, 5, undefined],
  ])
})

test('and its mistakes are told with all others', () => {
  const judge = (): void =>
    expect(run).toMeet({
      goodput: { ttft: '500ms' } as never,
      stream: { goodput: { rate: '5/s', tpt: 5 } as never },
    })
  expect(messageOf(judge)).toMatchInlineSnapshot(`
    "limits has 2 mistakes:
      - limits.goodput.rate must be a rate like '30/s'
      - limits.stream.goodput.tpt is no time of one request; known: "latency", "ttfb", "ttft", "ttfo", "ttst", "tpot", "ttct"; did you mean "tpot"?"
  `)
})
