import { expect, test } from 'vitest'
import { Histogram } from '../../src/stats/histogram.ts'
import { momentsOf } from '../../src/stats/moments.ts'

const of = (...values: readonly number[]) => {
  const histogram = new Histogram()
  for (const value of values) histogram.record(value)
  return momentsOf(histogram.data())
}

// Figures of scipy.stats.moment and skew (SciPy 1.17), within the width of a bucket.
test.each([
  [[1, 2, 3, 4, 5], 2, 0],
  [[1, 1, 1, 1, 10], 12.96, 1.5],
  [[2, 8, 0.5, 3, 21], 56.04, 1.1277],
])('of %j', (values, variance, skewness) => {
  const found = of(...values)
  expect(found.variance / variance).toBeCloseTo(1, 2)
  expect(found.skewness).toBeCloseTo(skewness, 1)
})

test('of what is all alike, and of nothing', () => {
  expect(of(4, 4, 4)).toEqual({
    variance: expect.closeTo(0, 4) as number,
    skewness: expect.any(Number) as number,
  })
  expect(of()).toEqual({ variance: 0, skewness: 0 })
})
