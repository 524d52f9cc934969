import { expect, test } from 'vitest'
import { Series } from '../../src/metrics/series.ts'
import { Timeline } from '../../src/metrics/timeline.ts'

const sampleAt = (endedAt: number, took = 10) => ({
  outcome: 'ok' as const,
  startedAt: endedAt - took,
  endedAt,
  firstByteAt: undefined,
})
const total = (windows: readonly { readonly ok: number }[]): number =>
  windows.reduce((sum, window) => sum + window.ok, 0)

test('each second is a window, from its start to its last stamp', () => {
  const timeline = new Timeline(5_000)
  const series = new Series('chat', timeline)
  for (const at of [5_000, 5_999.9, 6_000, 7_500]) series.record(sampleAt(at))
  timeline.roll(8_000)
  expect(timeline.windows([series]).map(({ at, width, ok }) => [at, width, ok])).toEqual([
    [0, 1_000, 2],
    [1_000, 1_000, 1],
    [2_000, 1_000, 1],
  ])
})

test('a sample that comes late is counted in the window that is open then', () => {
  const timeline = new Timeline(0)
  const series = new Series('chat', timeline)
  series.record(sampleAt(2_100))
  series.record(sampleAt(900))
  timeline.roll(3_000)
  expect(timeline.windows([series]).map(({ at, ok }) => [at, ok])).toEqual([[2_000, 2]])
})

test('a stamp from before the first window is counted in the first', () => {
  const timeline = new Timeline(1_000)
  const series = new Series('chat', timeline)
  series.record(sampleAt(400))
  timeline.roll(2_000)
  expect(timeline.windows([series])).toMatchObject([{ at: 0, ok: 1 }])
})

test('seconds in which nothing ended have no window', () => {
  const timeline = new Timeline(0)
  const series = new Series('chat', timeline)
  series.record(sampleAt(500))
  series.record(sampleAt(60_500))
  timeline.roll(61_000)
  expect(timeline.windows([series]).map(({ at }) => at)).toEqual([0, 60_000])
})

test('looking ten times within a second neither splits its window nor runs ahead', () => {
  const timeline = new Timeline(0)
  const series = new Series('chat', timeline)
  for (let at = 50; at < 2_000; at += 100) {
    series.record(sampleAt(at))
    timeline.roll(at + 1)
  }
  expect(timeline.end).toBe(2_000)
  expect(timeline.windows([series]).map(({ at, ok }) => [at, ok])).toEqual([
    [0, 10],
    [1_000, 10],
  ])
})

test('a window has the most users of its time, and the next starts with those that are left', () => {
  const timeline = new Timeline(0)
  timeline.users(3)
  timeline.users(5)
  timeline.users(2)
  timeline.roll(1_000)
  timeline.roll(2_000)
  expect(timeline.windows([]).map(({ users }) => users)).toEqual([5, 2])
})

test(
  'three hours are at most 600 windows: none is lost, the last two minutes are sharp',
  { timeout: 30_000 },
  () => {
    const timeline = new Timeline(0)
    const series = new Series('chat', timeline)
    const seconds = 3 * 3_600
    for (let second = 0; second < seconds; second++) {
      series.record(sampleAt(second * 1_000 + 100, 10 + (second % 90)))
      series.record(sampleAt(second * 1_000 + 900, 10))
    }
    timeline.roll(seconds * 1_000)
    const windows = timeline.windows([series])

    expect(windows.length).toBeLessThanOrEqual(600)
    expect(total(windows)).toBe(2 * seconds)
    expect(windows.reduce((sum, { latency }) => sum + latency.count, 0)).toBe(2 * seconds)
    expect(windows.slice(-120).every(({ width }) => width === 1_000)).toBe(true)
    expect(Math.max(...windows.map(({ width }) => width))).toBeLessThanOrEqual(64_000)
    for (const [index, { at, width }] of windows.entries()) {
      expect(at + width).toBe(windows[index + 1]?.at ?? seconds * 1_000)
    }
  },
)

test('tokens behind a window without any are counted once', () => {
  const timeline = new Timeline(0)
  const series = new Series('chat', timeline)
  series.record(sampleAt(100, 10))
  timeline.arrived('chat', 1_500, 3)
  timeline.roll(2_000)
  expect(timeline.windows([series]).map(({ at, tokens }) => [at, tokens])).toEqual([
    [0, undefined],
    [1_000, 3],
  ])
})
