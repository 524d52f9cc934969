import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import type { OutcomeKind } from '../../src/metrics/outcome.ts'
import type { SeriesData } from '../../src/metrics/series-data.ts'
import { Series } from '../../src/metrics/series.ts'
import { Timeline } from '../../src/metrics/timeline.ts'

const sample = (endedAt: number, took: number, outcome: OutcomeKind = 'ok') => ({
  outcome,
  startedAt: endedAt - took,
  endedAt,
  firstByteAt: endedAt - took / 2,
})
type Sample = ReturnType<typeof sample>

function recorded(act: (series: Series, timeline: Timeline) => void, end = 100_000): SeriesData {
  const timeline = new Timeline(0, { limit: 20 })
  const series = new Series('chat', timeline)
  act(series, timeline)
  timeline.roll(end)
  return { ...series.data(), windows: timeline.windows([series]) }
}

const sums = ({ windows }: SeriesData) => ({
  ok: windows.reduce((sum, { ok }) => sum + ok, 0),
  failed: windows.reduce((sum, { failed }) => sum + failed, 0),
  aborted: windows.reduce((sum, { aborted }) => sum + aborted, 0),
})

test('what a run cut off is kept with how long it had lasted, by what it still owed', () => {
  const data = recorded((series) => {
    series.record(sample(100, 40))
    // Cut off before its first token, between first and last, and a call that does not stream.
    series.record(sample(2_000, 1_500, 'cutOff'), { ttft: undefined, ttct: undefined, gaps: [] })
    series.record(sample(2_000, 700, 'cutOff'), { ttft: 90, ttct: undefined, gaps: [] })
  })
  const { latency, ttft, ttct } = data.cutOff
  expect([latency.count, ttft.count, ttct.count]).toEqual([2, 1, 2])
  expect([latency.min, latency.max, ttft.max]).toEqual([700, 1_500, 1_500])
  expect(data.latency.count).toBe(1)
})

test('successes are in the latency, failures and aborted ones are counted', () => {
  const data = recorded((series) => {
    series.record(sample(100, 10))
    series.record(sample(200, 20, 'status'))
    series.record(sample(300, 30, 'status'))
    series.record(sample(400, 40, 'aborted'))
  })
  expect(data.outcomes).toEqual({ ok: 1, status: 2, aborted: 1 })
  expect(data.latency).toMatchObject({ count: 1, sum: 10, min: 10, max: 10 })
  expect(data.ttfb).toMatchObject({ count: 1, sum: 5 })
  expect(sums(data)).toEqual({ ok: 1, failed: 2, aborted: 1 })
})

describe('amend', () => {
  const slow = sample(500, 4_000)

  test.each([
    ['at once', () => {}],
    ['after its window has turned', (timeline: Timeline) => timeline.roll(1_500)],
    ['after a look in the middle of its window', (timeline: Timeline) => timeline.roll(600)],
    ['long after', (timeline: Timeline) => timeline.roll(90_000)],
  ])('makes a success a failure, %s', (_when, pass) => {
    const data = recorded((series, timeline) => {
      series.record(sample(400, 10))
      series.record(slow)
      pass(timeline)
      series.amend(slow, 'assertion')
    })
    expect(data.outcomes).toEqual({ ok: 1, assertion: 1 })
    expect(data.latency).toMatchObject({ count: 1, sum: 10, min: 10 })
    expect(data.latency.max).toBeCloseTo(10, 1)
    expect(data.ttfb.count).toBe(1)
    expect(data.windows).toMatchObject([{ at: 0, ok: 1, failed: 1, latency: { count: 1 } }])
  })

  test.each([
    ['at once', () => {}],
    ['after its window has turned', (timeline: Timeline) => timeline.roll(1_500)],
    ['after a look in the middle of its window', (timeline: Timeline) => timeline.roll(600)],
  ])('is undone by restore, %s', (_when, pass) => {
    const data = recorded((series, timeline) => {
      series.record(sample(400, 10))
      series.record(slow)
      series.amend(slow, 'assertion')
      pass(timeline)
      series.restore(slow, 'assertion')
    })
    expect(data.outcomes).toEqual({ ok: 2 })
    expect(data.latency).toMatchObject({ count: 2, sum: 4_010, min: 10, max: 4_000 })
    expect(data.ttfb.count).toBe(2)
    expect(data.windows).toMatchObject([{ at: 0, ok: 2, failed: 0, latency: { count: 2 } }])
  })

  test('finds a sample that came late in the window it was counted in', () => {
    const late = sample(900, 50)
    const data = recorded((series, timeline) => {
      series.record(sample(800, 7))
      series.record(sample(2_100, 10))
      series.record(late)
      timeline.roll(3_000)
      series.amend(late, 'assertion')
    })
    expect(data.windows.map(({ at, ok, failed }) => [at, ok, failed])).toEqual([
      [0, 1, 0],
      [2_000, 1, 1],
    ])
  })

  test('takes back what a stream added', () => {
    const data = recorded((series) => {
      const timing = { ttft: 5, ttct: 9, gaps: [1, 3] }
      series.record(slow, timing)
      series.amend(slow, 'assertion', timing)
    })
    expect([data.ttft.count, data.ttct.count, data.streamFailures]).toEqual([0, 0, 1])
  })

  const latency = fc.double({ min: 0.01, max: 60_000, noNaN: true })
  const operation = fc.record({
    gap: fc.integer({ min: 0, max: 3_000 }),
    late: fc.integer({ min: 0, max: 2_500 }),
    took: latency,
    outcome: fc.constantFrom<OutcomeKind>('ok', 'ok', 'ok', 'status', 'aborted', 'cutOff'),
    look: fc.boolean(),
    amendAfter: fc.option(fc.integer({ min: 0, max: 40 })),
  })

  property.prop([fc.array(operation, { minLength: 1, maxLength: 60 })])(
    'leaves what recording failures from the start would have, however late it comes',
    (operations) => {
      const amended: Sample[] = []
      const kept: Sample[] = []
      const data = recorded((series, timeline) => {
        const due = new Map<number, Sample[]>()
        let now = 0
        for (const [index, each] of operations.entries()) {
          now += each.gap
          const one = sample(now - each.late, each.took, each.outcome)
          series.record(one)
          if (each.look) timeline.roll(now)
          if (each.outcome === 'ok') {
            if (each.amendAfter === null) kept.push(one)
            else
              due.set(index + each.amendAfter, [...(due.get(index + each.amendAfter) ?? []), one])
          }
          for (const late of due.get(index) ?? []) {
            series.amend(late, 'assertion')
            amended.push(late)
          }
          due.delete(index)
        }
        for (const late of [...due.values()].flat()) {
          series.amend(late, 'assertion')
          amended.push(late)
        }
      }, 1_000_000)
      const count = (wanted: OutcomeKind) =>
        operations.filter(({ outcome }) => outcome === wanted).length

      expect(data.latency.count).toBe(kept.length)
      expect(data.outcomes.assertion ?? 0).toBe(amended.length)
      expect(sums(data)).toEqual({
        ok: kept.length,
        failed: amended.length + count('status'),
        aborted: count('aborted') + count('cutOff'),
      })
      const plain = recorded((series) => kept.forEach((one) => series.record(one)), 1_000_000)
      expect(data.latency.buckets).toEqual(plain.latency.buckets)
      expect(data.ttfb.buckets).toEqual(plain.ttfb.buckets)
      expect(data.latency.sum).toBeCloseTo(plain.latency.sum, 3)
      for (const { ok, latency } of data.windows) expect(latency.count).toBe(ok)
    },
  )
})
