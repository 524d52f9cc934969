import { describe, expect, test } from 'vitest'
import { batchMeans, inflationOf, meanInterval } from '../../src/stats/batch-means.ts'

const batches = (sums: readonly number[], count: number) => sums.map((sum) => ({ sum, count }))

test('of like batches the variance is that of their means over their number', () => {
  // Means 2, 4, 6, 8: s² = 20/3, over 4 batches 5/3.
  const found = batchMeans(batches([20, 40, 60, 80], 10))
  expect(found?.mean).toBe(5)
  expect(found?.variance).toBeCloseTo(5 / 3, 12)
  expect(found?.batches).toBe(4)
})

test('of unlike batches it is that of a ratio', () => {
  // Mean 6/5 = 1.2; rests 1 − 1.2, 5 − 4.8: squares 0.08, doubled, over 25.
  const found = batchMeans([
    { sum: 1, count: 1 },
    { sum: 5, count: 4 },
  ])
  expect(found?.mean).toBe(1.2)
  expect(found?.variance).toBeCloseTo((2 * 0.08) / 25, 12)
})

test('the interval is that of Student with one degree of freedom fewer than batches', () => {
  const found = batchMeans(batches([20, 40, 60, 80], 10))
  const { lower, upper } = found === undefined ? { lower: 0, upper: 0 } : meanInterval(found, 0.95)
  const reach = 3.182446305284263 * Math.sqrt(5 / 3)
  expect(lower).toBeCloseTo(5 - reach, 8)
  expect(upper).toBeCloseTo(5 + reach, 8)
})

test.each([
  [[1, 2, 3, 4, 5, 6, 7, 8], 0.625, 'neighbours alike'],
  [[1, 8, 1, 8, 1, 8, 1, 8], -0.875, 'neighbours opposite'],
  [[3, 3, 3, 3], 0, 'all alike'],
])('of %j the lag is %d: %s', (sums, lag) => {
  expect(batchMeans(batches(sums, 1))?.lag).toBeCloseTo(lag, 12)
})

test('less than two batches with something in them tell nothing', () => {
  expect(batchMeans([])).toBeUndefined()
  expect(
    batchMeans([
      { sum: 1, count: 2 },
      { sum: 0, count: 0 },
    ]),
  ).toBeUndefined()
})

describe('inflation of a share', () => {
  test('all hits in one batch of four: worth a quarter and less', () => {
    // p = 0.25, independent variance 0.25 · 0.75 / 40; of the batches (1, 0, 0, 0) s²/4 = 0.0625.
    expect(inflationOf(batches([10, 0, 0, 0], 10))).toBeCloseTo(0.0625 / (0.1875 / 40), 10)
  })

  test('more even than chance is no more than independent', () => {
    expect(inflationOf(batches([5, 5, 5, 5], 10))).toBe(1)
  })

  test('none and all tell nothing', () => {
    expect(inflationOf(batches([0, 0, 0], 10))).toBe(1)
    expect(inflationOf(batches([10, 10], 10))).toBe(1)
  })
})
