import { expect, test } from 'vitest'
import { shapeDifference } from '../../src/baseline/shape-difference.ts'
import type { ClosedShape, OpenShape } from '../../src/load/load-shape.ts'

const closed: ClosedShape = {
  model: 'closed',
  users: 5,
  rampUp: 0,
  warmUp: 0,
  duration: 2_000,
  iterations: undefined,
}
const open: OpenShape = {
  model: 'open',
  users: 50,
  rampUp: 0,
  warmUp: 0,
  stretches: [{ from: 10, to: 10, duration: 5_000 }],
  arrivals: 'even',
  duration: 5_000,
}

test('loads that were asked for alike are alike, read from a file or not', () => {
  expect(shapeDifference(JSON.parse(JSON.stringify(closed)) as ClosedShape, closed)).toBeUndefined()
  expect(shapeDifference({ ...open }, open)).toBeUndefined()
})

test.each([
  [{ users: 10 }, 'users 5 → 10'],
  [
    { users: 1_000, duration: 60_000, rampUp: 5_000 },
    'users 5 → 1,000, duration 2 s → 60 s, ramp-up none → 5 s',
  ],
  [{ duration: undefined, iterations: 200 }, 'duration 2 s → none, iterations none → 200'],
  [{ judge: 'all' as const }, 'judge steady → all'],
  [{ stages: [{ from: 0, to: 50, duration: 10_000 }] }, 'stages none → (0→50 in 10 s)'],
])('%j: %s', (change, expected) => {
  expect(shapeDifference(closed, { ...closed, ...change })).toBe(expected)
})

test('of an open load the rates are told', () => {
  const faster = { ...open, stretches: [{ from: 20, to: 20, duration: 5_000 }] }
  expect(shapeDifference(open, faster)).toBe('rates (10→10 in 5 s) → (20→20 in 5 s)')
})
