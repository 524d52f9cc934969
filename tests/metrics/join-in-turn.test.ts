import { expect, test } from 'vitest'
import { inTurn, joinInTurn } from '../../src/metrics/join-in-turn.ts'
import { recordedRun } from '../support/recorded.ts'

const first = recordedRun(
  [
    { name: 'chat', took: 100, times: 10, at: 500 },
    { name: 'stream', took: 100, times: 5, at: 1_500, ttft: 20 },
  ],
  { duration: 2_000 },
)
const second = recordedRun([{ name: 'chat', took: 300, times: 30, at: 500 }], { duration: 1_000 })
const stretches = [first, second]

test('windows of one course come after those of another', () => {
  const windows = [
    { at: 0, width: 1_000 },
    { at: 1_000, width: 500 },
  ]
  expect(inTurn([windows, [], windows]).map(({ at }) => at)).toEqual([0, 1_000, 1_500, 2_500])
})

test('counts and times add up, and rates are over all of the time', () => {
  const chat = joinInTurn('request', 'chat', stretches, [
    first.request('chat'),
    second.request('chat'),
  ])
  expect(chat).toMatchObject({ kind: 'request', name: 'chat', count: 40, ok: 40, failed: 0 })
  expect(chat.latency).toMatchObject({ label: 'latency of chat', count: 40, mean: 250, p50: 300 })
  expect(chat.throughput.mean).toBeCloseTo(40 / 3, 10)
  expect(chat.timeline.map(({ at, ok }) => [at, ok])).toEqual([
    [0, 10],
    [1_000, 0],
    [2_000, 30],
  ])
})

test('a stretch in which it did not occur is quiet time', () => {
  const stream = joinInTurn('request', 'stream', stretches, [first.request('stream'), undefined])
  expect(stream.count).toBe(5)
  expect(stream.throughput.mean).toBeCloseTo(5 / 3, 10)
  expect(stream.timeline.map(({ at, ok }) => [at, ok])).toEqual([
    [0, 0],
    [1_000, 5],
    [2_000, 0],
  ])
})
