import { describe, expect, test } from 'vitest'
import { Recorder } from '../../src/metrics/recorder.ts'
import { summarize, type RecordingSummary } from '../../src/metrics/summary.ts'

/** A sample that began `lag` ms late and took `took` from then on. */
const sample = (took: number, lag: number) =>
  ({
    outcome: 'ok',
    startedAt: 100 + lag,
    lag,
    endedAt: 100 + lag + took,
    firstByteAt: 105 + lag,
  }) as const

interface Told {
  readonly started: readonly number[]
  readonly dropped?: number
  /** Calls of each started iteration. Default: one to `chat`. */
  readonly calls?: readonly string[]
}

/** What an open load sums up to whose iterations started so late. */
function open({ started, dropped = 0, calls = ['chat'] }: Told): RecordingSummary {
  const recorder = new Recorder(0, { open: true })
  for (const lag of started) {
    recorder.arrivals?.started(lag)
    for (const [at, name] of calls.entries()) {
      recorder.series(name).record(sample(20, at === 0 ? lag : 0))
    }
    recorder.iteration(sample(20, lag))
  }
  for (let time = 0; time < dropped; time++) recorder.arrivals?.dropped()
  return summarize(recorder.data(1_000), 1_000)
}

test('latency counts from the intended start, service time from the real one', () => {
  const { latency, service, ttfb, iterations, requests } = open({ started: [0, 30, 60] })
  expect([latency.min, latency.mean, latency.max]).toEqual([20, 50, 80])
  expect([service.min, service.max]).toEqual([20, 20])
  expect([ttfb.min, ttfb.max]).toEqual([5, 65])
  expect([iterations.latency.max, iterations.service.max]).toEqual([80, 20])
  expect(requests[0]?.service.label).toBe('service time of chat')
})

test('what is given up as a failure afterwards leaves both', () => {
  const recorder = new Recorder(0, { open: true })
  recorder.series('chat').record(sample(20, 7))
  recorder.series('chat').amend(sample(20, 7), 'assertion')
  const { latency, service } = summarize(recorder.data(1_000), 1_000)
  expect([latency.count, service.count, latency.failed, service.failed]).toEqual([0, 0, 1, 1])
})

test('a closed load has neither service times nor arrivals', () => {
  const recorder = new Recorder(0)
  recorder.series('chat').record(sample(20, 0))
  const { service, arrivals, latency } = summarize(recorder.data(1_000), 1_000)
  expect([service.count, arrivals, latency.dropped]).toEqual([0, undefined, 0])
})

describe('arrivals', () => {
  test('are started or dropped; more than 10 ms after their time is late', () => {
    const { arrivals } = open({ started: [0, 0.4, 10, 10.1, 300], dropped: 3 })
    expect(arrivals).toMatchObject({ intended: 8, started: 5, late: 2, dropped: 3 })
    expect(arrivals?.lag).toMatchObject({ label: 'lag of arrivals', count: 5, min: 0, max: 300 })
  })

  test('that were dropped are missing in every distribution, as often as they would have been in it', () => {
    const calls = ['chat', 'chat', 'history']
    const { latency, iterations, requests } = open({ started: [0, 0, 0, 0], dropped: 1, calls })
    expect(iterations.latency.dropped).toBe(1)
    expect(requests.map(({ name, latency: { dropped } }) => [name, dropped])).toEqual([
      ['chat', 2],
      ['history', 1],
    ])
    expect(latency.dropped).toBe(3)
  })

  test('that were all dropped are missing, though no request is known', () => {
    const { latency, iterations, requests, errorRate } = open({ started: [], dropped: 5 })
    expect([latency.dropped, iterations.latency.dropped, requests]).toEqual([5, 5, []])
    expect(errorRate).toBeUndefined()
  })

  test('are no failures: rates are of what was started', () => {
    expect(open({ started: [0], dropped: 9 })).toMatchObject({ count: 1, failed: 0, errorRate: 0 })
  })

  test('stream values are not missing where nothing streams', () => {
    expect(open({ started: [0], dropped: 1 }).ttft).toMatchObject({ count: 0, dropped: 0 })
  })
})
