import { expect, test } from 'vitest'
import { rankTest } from '../../src/stats/rank-test.ts'
import { hodgesLehmann, medianOf } from '../../src/stats/shift.ts'

const TERM = [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46]
const EARLY = [1.15, 0.88, 0.9, 0.74, 1.21]

test('the shift of the published example, as wilcox.test(conf.int = TRUE) of R has it', () => {
  const found = hodgesLehmann(EARLY, TERM)
  expect(found?.shift).toBeCloseTo(0.305, 10)
  expect(found?.lower).toBeCloseTo(-0.15, 10)
  expect(found?.upper).toBeCloseTo(0.76, 10)
})

test.each([
  [0.95, 5, 5],
  [0.9, 4, 6],
  [0.99, 6, 6],
])('at %d its ends are the shifts at which the rank test turns', (confidence, m, n) => {
  const base = Array.from({ length: m }, (_, at) => Math.sqrt(2 + at * 3.7))
  const head = Array.from({ length: n }, (_, at) => Math.cbrt(5 + at * 11.3))
  const found = hodgesLehmann(base, head, confidence)
  const p = (by: number): number =>
    rankTest(
      base.map((each) => each + by),
      head,
    )?.p ?? 0
  for (const [end, out] of [
    [found?.lower ?? 0, -1],
    [found?.upper ?? 0, 1],
  ] as const) {
    expect(p(end + out * 1e-9)).toBeLessThanOrEqual(1 - confidence)
    expect(p(end - out * 1e-9)).toBeGreaterThan(1 - confidence)
  }
  expect(found?.confidence).toBeGreaterThanOrEqual(confidence)
})

test('three against three reach 90 % and no more, which is said', () => {
  const found = hodgesLehmann([1, 2, 3], [11, 12, 14])
  expect(found).toEqual({ shift: 10, lower: 8, upper: 13, confidence: 0.9 })
})

test('nothing on one side has no shift', () => {
  expect(hodgesLehmann([], [1, 2])).toBeUndefined()
  expect(hodgesLehmann([1, 2], [])).toBeUndefined()
})

test.each([
  [[4], 4],
  [[1, 3], 2],
  [[1, 2, 9], 2],
])('the median of %j is %d', (values, median) => {
  expect(medianOf(values)).toBe(median)
})
