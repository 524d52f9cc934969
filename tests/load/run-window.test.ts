import { describe, expect, test } from 'vitest'
import type { LoadRun } from '../../src/load/load-run.ts'
import { toLoadRun } from '../../src/load/load-run.ts'
import { perfMatchers } from '../../src/matchers.ts'
import { messageOf } from '../support/message-of.ts'
import { recordedRun } from '../support/recorded.ts'

expect.extend(perfMatchers)

/** Ten seconds: quick chats all along, slow ones from 4 s to 6 s, and failures in the eighth second. */
const run = recordedRun(
  [
    ...[0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((second) => ({
      at: second * 1_000 + 500,
      took: second === 4 || second === 5 ? 400 : 10,
      times: 20,
    })),
    { name: 'list', at: 3_200, took: 5, times: 3 },
    { name: 'list', at: 8_200, took: 5, outcome: 'status', times: 5 } as const,
  ].toSorted((left, right) => left.at - right.at),
)

describe('a window has', () => {
  test('the figures of its stretch, of all requests and of one', () => {
    const window = run.window('3s', '6s')
    expect(window).toMatchObject({ count: 63, ok: 63, failed: 0, duration: 3_000 })
    expect(window.throughput.mean).toBe(21)
    expect(window.latency.p50).toBeCloseTo(400, -1)
    expect(window.request('list')).toMatchObject({ count: 3, errorRate: 0 })
    expect(window.request('list').throughput.mean).toBe(1)
    expect(run.window('8s', '9s')).toMatchObject({ count: 25, failed: 5, errorRate: 0.2 })
    expect(run.window('6s', '8s').iterations).toMatchObject({ ok: 40, counts: 'iterations' })
  })

  test('as a whole the very figures of the run', () => {
    const { latency, ...whole } = run.window(0, '10s')
    const { count, ok, failed, aborted, errorRate, successRate, throughput, duration } = run
    const figures = { count, ok, failed, aborted, errorRate, successRate, throughput, duration }
    expect(whole).toMatchObject(figures)
    const { label: _label, ...values } = latency
    expect(run.latency).toMatchObject(values)
  })

  test('to the end, also what ended after it and what was cut off', () => {
    const late = recordedRun([
      { at: 500 },
      { at: 1_500 },
      { at: 2_900, took: 1_200 },
      { at: 4_000, took: 2_500, outcome: 'cutOff' },
    ])
    const ended = toLoadRun({ ...late, duration: 1_999.3 })
    const window = ended.window('1s', '2s')
    expect(window).toMatchObject({ ok: 2, aborted: 1 })
    expect(window.latency.cutOff.count).toBe(1)
    expect(() => expect(window).toHaveP95Below('2s')).toThrow('1 request cut off at the end')
  })

  test('nothing that its windows do not keep', () => {
    expect('ttft' in run.window(0, '1s')).toBe(false)
    expect('outcomes' in run.window(0, '1s')).toBe(false)
  })
})

describe('matchers take a window', () => {
  test('of latency and of rates', () => {
    expect(run.window('0s', '4s')).toHaveP95Below('20ms')
    expect(run.window('4s', '6s')).not.toHaveP95Below('20ms')
    expect(run.window('4s', '6s').latency).toHaveMaxBelow('500ms')
    expect(run.window('0s', '4s').request('chat')).toHaveThroughputAbove('20/s')
    expect(run.window('6s', '8s')).toHaveSuccessRateAbove('100%')
    expect(run.window('8s', '9s')).not.toHaveErrorRateBelow('10%')
    expect(run.window('0s', '4s')).toMeet({ p95: '20ms', errorRate: 0, throughput: '20/s' })
  })

  test('and say which', () => {
    expect(messageOf(() => expect(run.window('3s', '6s')).toHaveP95Below('20ms')))
      .toMatchInlineSnapshot(`
        "expect(window).toHaveP95Below('20ms')

        p95 latency of all requests from 3 s to 6 s: 400 ms, 20 times the limit of 20 ms
          63 requests
          p50 400 ms · p90 400 ms · p95 400 ms · p99 400 ms · max 400 ms
          worst second: 4 s in, p95 400 ms
          not proven: 40 of 63 requests took longer, which may be one slow moment;
              p95 at 95 % needs ≥200 requests over ≥5 s, had 63"
      `)
    expect(messageOf(() => expect(run.window('8s', '9s')).toHaveErrorRateBelow('1%')))
      .toMatchInlineSnapshot(`
        "expect(window).toHaveErrorRateBelow('1%')

        error rate of all requests from 8 s to 9 s: 20 %, 19 points over the limit of
            1 %
          25 requests, 5 failed"
      `)
  })

  test('but none without samples, and none for what it does not know', () => {
    const idle = recordedRun([{ at: 500 }, { at: 5_500 }])
    const nothing = idle.window('2s', '4s')
    expect(nothing).toMatchObject({ count: 0, errorRate: undefined, successRate: undefined })
    const misses = [
      () => expect(nothing).toHaveP95Below('1s'),
      () => expect(nothing).not.toHaveP95Below('1s'),
      () => expect(nothing).toHaveErrorRateBelow('1%'),
      () => expect(nothing).toHaveThroughputAbove('1/s'),
      () => expect(nothing).toMeet({ p95: '1s' }),
      () => expect(run.window(0, '1s')).toMeet({ ttft: { p95: '1s' }, p95: '1s' }),
      () => expect(run.window(0, '1s')).toMeet({ chat: { p95: '1s' } }),
      () => expect(run.window(0, '1s') as unknown).toHavePeakBelow('1MB'),
    ]
    expect(misses.map((miss) => messageOf(miss))).toMatchInlineSnapshot(`
      [
        "latency of all requests from 2 s to 4 s has no samples: no request completed",
        "latency of all requests from 2 s to 4 s has no samples: no request completed",
        "error rate of all requests from 2 s to 4 s has no samples: no request completed",
        "throughput of all requests from 2 s to 4 s has no samples: no request completed",
        "latency of all requests from 2 s to 4 s has no samples: no request completed",
        "limits.ttft.p95 is not known of a window, which keeps latencies and counts: judge the run, or run.phase(…)",
        "limits.chat.p95 names a request: judge run.window(…).request(name) by itself",
        "toHavePeakBelow takes a run's memory (run.memory) or a monitor's (monitor.memory), got window "all requests from 0 ms to 1 s". Memory and CPU are of the whole run: run.memory, run.cpu",
      ]
    `)
  })
})

describe('a window is refused', () => {
  const long = recordedRun(
    Array.from({ length: 1_000 }, (_, second) => ({ at: second * 1_000 + 1, took: 1 })),
    { duration: 1_000_000 },
  )

  test.each<[string, () => unknown]>([
    ['between seconds', () => run.window('1500ms', '3s')],
    ['that ends between seconds', () => run.window('1s', '2.5s')],
    ['that is turned round', () => run.window('3s', '1s')],
    ['of no time', () => run.window('3s', '3s')],
    ['beyond the judged time', () => run.window('3s', '11s')],
    ['without a unit', () => run.window('3' as '3s', '4s')],
    ['that cuts windows of a long run', () => long.window('1s', '20s')],
    ['with a request that did not occur', () => run.window('3s', '4s').request('chta')],
    ['that cannot know of dropped arrivals', () => withDropped.window('1s', '4s')],
  ])('%s', (_what, ask) => {
    expect(messageOf(ask)).toMatchSnapshot()
  })

  const withDropped: LoadRun = toLoadRun({
    ...run,
    arrivals: { intended: 103, started: 100, late: 0, dropped: 3, lag: run.latency },
  })

  test('only where it would hide something', () => {
    expect(withDropped.window(0, '10s').count).toBe(run.count)
    const { at, width } = long.timeline[3] ?? { at: 0, width: 0 }
    expect(width).toBeGreaterThan(1_000)
    expect(long.window(at, at + width).count).toBe(width / 1_000)
    expect(long.window('990s', '1000s').count).toBe(10)
  })
})

describe('a phase', () => {
  const ramp = recordedRun([{ name: 'log in', took: 300, times: 4 }], {
    metrics: (metrics) => metrics.count('begun', 4),
  })
  const phased = toLoadRun({ ...run, phases: [{ name: 'ramp-up', summary: ramp }] })

  test('is judged by the same matchers, and has its requests and metrics', () => {
    expect(phased.phase('ramp-up').count).toBe(4)
    expect(phased.phase('ramp-up').request('log in')).toHaveP50Below('400ms')
    expect(phased.phase('ramp-up')).toMeet({ 'log in': { p95: '400ms' }, errorRate: 0 })
    expect(phased.phase('ramp-up').metric('begun')).toMatchObject({ total: 4 })
    expect(phased.phase('steady')).toBe(phased)
  })

  test('that did not happen is an error', () => {
    expect(messageOf(() => phased.phase('warm-up'))).toMatchInlineSnapshot(
      `"run.phase("warm-up") did not occur in this run; known: "ramp-up", "steady""`,
    )
  })
})

test('look-ups are not in what is stored', () => {
  expect(Object.keys(run)).not.toContain('window')
  expect(JSON.parse(JSON.stringify(run.window(0, '1s')))).not.toHaveProperty('request')
})
