import { expect, test } from 'vitest'
import { FlowCount } from '../../src/metrics/flow.ts'

test('messages are counted second by second, quiet seconds too', () => {
  const flow = new FlowCount(10_000)
  for (const at of [10_000, 10_999, 11_000, 13_500]) flow.add(5, at)
  expect(flow.data()).toEqual({
    count: 4,
    bytes: 20,
    windows: [
      { at: 0, width: 1_000, count: 2 },
      { at: 1_000, width: 1_000, count: 1 },
      { at: 2_000, width: 1_000, count: 0 },
      { at: 3_000, width: 1_000, count: 1 },
    ],
  })
})

test('a soak is kept in few windows, and nothing is lost', () => {
  const flow = new FlowCount(0)
  for (let second = 0; second < 86_400; second++) flow.add(1, second * 1_000)
  const { windows, count } = flow.data()
  expect(count).toBe(86_400)
  expect(windows.length).toBeLessThanOrEqual(1_200)
  expect(windows.reduce((sum, each) => sum + each.count, 0)).toBe(count)
  expect(new Set(windows.slice(0, -1).map((each) => each.count / each.width))).toEqual(
    new Set([1 / 1_000]),
  )
})

test('a message from before its start belongs to the first second', () => {
  const flow = new FlowCount(1_000)
  flow.add(1, 999.9)
  expect(flow.data().windows).toEqual([{ at: 0, width: 1_000, count: 1 }])
})
