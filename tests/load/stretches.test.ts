import { describe, expect, test } from 'vitest'
import {
  after,
  before,
  heldFrom,
  isLevel,
  leftOut,
  valueAt,
  type Stretch,
} from '../../src/load/stretches.ts'

type Part = readonly [from: number, to: number, duration: number]

const line = (...parts: readonly Part[]): readonly Stretch[] =>
  parts.map(([from, to, duration]) => ({ from, to, duration }))
const parts = (stretches: readonly Stretch[]): Part[] =>
  stretches.map(({ from, to, duration }) => [from, to, duration])

/** A ramp of a second to 10 users, ten seconds of them, and a ramp-down of two. */
const usual = line([0, 10, 1_000], [10, 10, 10_000], [10, 0, 2_000])

test.each([
  [0, 0],
  [250, 2.5],
  [1_000, 10],
  [11_000, 10],
  [12_000, 5],
  [20_000, 0],
])('after %d ms it asks for %d', (at, value) => {
  expect(valueAt(usual, at)).toBe(value)
})

test('a step has its new value at once', () => {
  expect(valueAt(line([5, 5, 100], [5, 20, 0], [20, 20, 100]), 100)).toBe(20)
})

test('a line and its rest are the whole', () => {
  for (const at of [0, 400, 1_000, 6_000, 12_500]) {
    const both = [...before(usual, at), ...after(usual, at)]
    expect(both.reduce((sum, { duration }) => sum + duration, 0)).toBe(13_000)
    for (const time of [0, 300, 900, 5_000, 11_500, 12_900]) {
      expect(valueAt(both, time)).toBeCloseTo(valueAt(usual, time), 9)
    }
  }
})

describe('a value that is held from a time on', () => {
  const held = { value: 50, over: 0, until: 11_000, down: 2_000 }
  test.each<[string, number, Partial<typeof held>, Part[]]>([
    [
      'at once, until the ramp-down',
      3_000,
      {},
      [
        [0, 10, 1_000],
        [10, 10, 2_000],
        [10, 50, 0],
        [50, 50, 8_000],
        [50, 0, 2_000],
      ],
    ],
    [
      'over four seconds',
      3_000,
      { over: 4_000 },
      [
        [0, 10, 1_000],
        [10, 10, 2_000],
        [10, 50, 4_000],
        [50, 50, 4_000],
        [50, 0, 2_000],
      ],
    ],
    [
      'in the middle of the ramp-up',
      500,
      { over: 100 },
      [
        [0, 5, 500],
        [5, 50, 100],
        [50, 50, 10_400],
        [50, 0, 2_000],
      ],
    ],
    [
      'that is not reached before the ramp-down',
      10_000,
      { over: 4_000 },
      [
        [0, 10, 1_000],
        [10, 10, 9_000],
        [10, 20, 1_000],
        [20, 0, 2_000],
      ],
    ],
    [
      'in a load without end',
      2_000,
      { until: Infinity, down: 0 },
      [
        [0, 10, 1_000],
        [10, 10, 1_000],
        [10, 50, 0],
        [50, 50, Infinity],
      ],
    ],
  ])('%s', (_, at, more, expected) => {
    const given = heldFrom(usual, at, { ...held, ...more })
    expect(parts(given).filter(([from, to, duration]) => duration > 0 || from !== to)).toEqual(
      expected,
    )
  })
})

test('what is left out is gone; a step leads to what comes next', () => {
  expect(parts(leftOut(usual, 500, 1_000))).toEqual([
    [0, 5, 500],
    [5, 10, 0],
    [10, 10, 10_000],
    [10, 0, 2_000],
  ])
  expect(parts(leftOut(usual, 3_000, 11_000))).toEqual([
    [0, 10, 1_000],
    [10, 10, 2_000],
    [10, 0, 2_000],
  ])
})

test.each([
  [10, 9_000, true],
  [10, 10_500, false],
  [11, 9_000, false],
])('from 2 s on it is %d for %d ms: %s', (value, time, level) => {
  expect(isLevel(after(usual, 2_000), value, time)).toBe(level)
})
