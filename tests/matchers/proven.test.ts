import { describe, expect, test } from 'vitest'
import { perfMatchers } from '../../src/matchers.ts'
import { toVerdictSettings } from '../../src/limits/verdict-options.ts'
import { verdictsOf } from '../../src/matchers/verdict-log.ts'
import { setVerdictSettings } from '../../src/matchers/verdict-settings.ts'
import { messageOf } from '../support/message-of.ts'
import { recordedRun } from '../support/recorded.ts'

expect.extend(perfMatchers)

const perSecond = (seconds: number, rows: readonly { took: number; times: number }[]) =>
  recordedRun(
    Array.from({ length: seconds }, (_, second) =>
      rows.map((row) => ({ ...row, at: second * 1_000 + 500 })),
    ).flat(),
    { duration: seconds * 1_000 },
  )

/** 50 a second for 20 s, of which 2 %, 6 % or 10 % take 500 ms. */
const good = perSecond(20, [
  { took: 100, times: 49 },
  { took: 500, times: 1 },
])
const close = perSecond(20, [
  { took: 100, times: 47 },
  { took: 500, times: 3 },
])
const bad = perSecond(20, [
  { took: 100, times: 45 },
  { took: 500, times: 5 },
])
const few = perSecond(6, [{ took: 100, times: 10 }])

test('what is surely met or missed is said to be', ({ task }) => {
  expect(good).toHaveP95Below('300ms')
  expect(bad).not.toHaveP95Below('300ms')
  expect(verdictsOf(task).map(({ proof }) => proof?.status)).toEqual(['pass', 'fail'])
})

test('a miss shows between what the figure lies', () => {
  expect(messageOf(() => expect(bad).toHaveP95Below('300ms'))).toMatchInlineSnapshot(`
    "expect(run).toHaveP95Below('300ms')

    p95 latency of all requests: 500 ms [500, 500], 66.7 % over the limit of 300 ms
      1,000 requests
      p50 100 ms · p90 100 ms [100, 500] · p95 500 ms · p99 500 ms · max 500 ms
      worst second: at the start, p95 500 ms"
  `)
})

test('a miss that could be chance says so', () => {
  expect(messageOf(() => expect(close).toHaveP95Below('300ms'))).toMatchInlineSnapshot(`
    "expect(run).toHaveP95Below('300ms')

    p95 latency of all requests: 500 ms [100, 500], 66.7 % over the limit of 300 ms
      1,000 requests
      p50 100 ms · p90 100 ms · p95 500 ms [100, 500] · p99 500 ms · max 500 ms
      worst second: at the start, p95 500 ms
      not proven: 60 of 1,000 requests took longer, which may be chance; p95 at 95 %
          needs ≥1,300 requests, had 1,000"
  `)
})

describe('a limit that is not proven', () => {
  test('goes by the point estimate and is marked', ({ task }) => {
    expect(few).toHaveP95Below('300ms')
    expect(verdictsOf(task)).toMatchObject([
      { status: 'pass', proof: { status: 'inconclusive', needs: 200, counts: 'requests' } },
    ])
  })

  test('fails where it has to be proven, either way', () => {
    const strict = { onInconclusive: 'fail' } as const
    expect(messageOf(() => expect(few).toHaveP95Below('300ms', strict))).toMatchInlineSnapshot(`
      "expect(run).toHaveP95Below('300ms', { onInconclusive: 'fail' })

      p95 latency of all requests: 100 ms [100, 100] is not proven to be within 300 ms
        60 requests
        p50 100 ms · p90 100 ms · p95 100 ms · p99 100 ms [100, …] · max 100 ms
        worst second: at the start, p95 100 ms
        not proven: p95 at 95 % needs ≥200 requests, had 60"
    `)
    const under = messageOf(() => expect(close).not.toHaveP95Below('300ms', strict))
    expect(under).toContain('500 ms')
    expect(under).toContain('is not proven to be beyond 300 ms')
    expect(good).toHaveP95Below('300ms', strict)
    expect(bad).not.toHaveP95Below('300ms', strict)
  })

  test('in a set of limits, too', () => {
    const strict = { onInconclusive: 'fail' } as const
    expect(few).toMeet({ p95: '300ms' })
    expect(messageOf(() => expect(few).toMeet({ p95: '300ms' }, strict))).toContain(
      'not proven: p95 at 95 % needs ≥200 requests, had 60',
    )
  })

  test('the plugin says what holds where a matcher says nothing', ({ task }) => {
    setVerdictSettings(task, toVerdictSettings({ onInconclusive: 'fail' }, 'perf.verdict'))
    expect(messageOf(() => expect(few).toHaveMeanBelow('300ms'))).toContain('is not proven')
    expect(few).toHaveMeanBelow('300ms', { onInconclusive: 'warn' })
  })
})

test('more confidence takes more', ({ task }) => {
  expect(good).toHaveP95Below('300ms', { confidence: 0.9999999 })
  expect(verdictsOf(task)).toMatchObject([
    { proof: { status: 'inconclusive', confidence: 0.9999999 } },
  ])
})

test('means, rates and throughput are judged, and the slowest of all is a fact', ({ task }) => {
  expect(perSecond(20, [{ took: 100, times: 50 }])).toHaveMeanBelow('300ms')
  expect(good).toHaveThroughputAbove('40/s')
  expect(good).toHaveErrorRateBelow('5%')
  expect(good).toHaveSuccessRateAbove('95%')
  expect(good).toHaveMaxBelow('1s')
  expect(good).toHaveErrorRateBelow(0)
  expect(good.request('chat')).toHaveP95Below('300ms')
  expect(verdictsOf(task).map(({ proof }) => proof?.status)).toEqual([
    'pass',
    'pass',
    'pass',
    'pass',
    undefined,
    undefined,
    'pass',
  ])
})
