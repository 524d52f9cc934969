import { expect, test } from 'vitest'
import { leastSamples } from '../../src/stats/least-samples.ts'

// Hahn & Meeker, table of the least sizes for a distribution-free bound.
test.each([
  [50, 5, 6],
  [90, 29, 36],
  [95, 59, 72],
  [99, 299, 368],
  [99.9, 2_995, 3_688],
])('p%d at 95 %% takes %i for one side and %i for both', (percentile, one, both) => {
  expect(leastSamples(percentile, 0.95)).toBe(one)
  expect(leastSamples(percentile, 0.95, 2)).toBe(both)
})

test('more confidence takes more', () => {
  expect(leastSamples(95, 0.99)).toBe(90)
  expect(leastSamples(99, 0.99)).toBe(459)
})
