import { expect, test } from 'vitest'
import { theilSen } from '../../src/stats/theil-sen.ts'

const points = (xs: readonly number[], ys: readonly number[]) =>
  xs.map((x, at) => ({ x, y: ys[at] ?? 0 }))

const COURSE = points(
  Array.from({ length: 12 }, (_, at) => at),
  [1.04, 4.46, 4.99, 2.09, 10.72, 11.34, 10.39, 15.74, 17.09, 18.88, 20.09, 23.64],
)
/** Sen (1968), §7. */
const SEN = points([1, 2, 3, 4, 10, 12, 18], [9, 15, 19, 20, 45, 55, 78])

// Figures of scipy.stats.theilslopes (SciPy 1.17).
test.each([
  ['a course', COURSE, 0.95, 1.975, 1.6733333333333331, 2.2],
  ['a course', COURSE, 0.9, 1.975, 1.7366666666666666, 2.15],
  ["Sen's example", SEN, 0.93, 4, 3.7142857142857144, 4.375],
])('%s at %s', (_, course, confidence, slope, lower, upper) => {
  const found = theilSen(course, confidence)
  expect(found?.slope).toBeCloseTo(slope, 10)
  expect(found?.lower).toBeCloseTo(lower, 10)
  expect(found?.upper).toBeCloseTo(upper, 10)
})

test('wild points do not bend it', () => {
  const line = points(
    Array.from({ length: 20 }, (_, at) => at),
    Array.from({ length: 20 }, (_, at) => (at % 5 === 0 ? 1e6 : 3 * at)),
  )
  expect(theilSen(line)?.slope).toBeCloseTo(3, 6)
})

test('it takes two points that differ in time', () => {
  expect(theilSen([{ x: 1, y: 2 }])).toBeUndefined()
  expect(theilSen(points([1, 1], [2, 3]))).toBeUndefined()
  expect(theilSen(points([1, 2], [2, 3]))?.slope).toBe(1)
})

test('of a long course it takes points all along', () => {
  const long = Array.from({ length: 20_000 }, (_, at) => ({ x: at, y: at / 2 }))
  expect(theilSen(long)).toEqual({ slope: 0.5, lower: 0.5, upper: 0.5 })
})
