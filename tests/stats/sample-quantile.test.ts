import { expect, test } from 'vitest'
import { sampleQuantile } from '../../src/stats/sample-quantile.ts'

test.each([
  [[1, 2, 3, 4, 5], 0, 1, 'the least'],
  [[1, 2, 3, 4, 5], 0.5, 3, 'a rank that is a sample: 0.5 × 4 = 2, the third'],
  [[1, 2, 3, 4, 5], 0.95, 4.8, 'rank 0.95 × 4 = 3.8, so 4 + 0.8 × (5 − 4)'],
  [[10, 20], 0.25, 12.5, 'rank 0.25, so 10 + 0.25 × (20 − 10)'],
  [[7], 0.99, 7, 'one sample is every quantile'],
  [[1, 2, 3, 4, 5], 1, 5, 'the greatest'],
])('of %j at %d: %d, %s', (sorted, ratio, quantile) => {
  expect(sampleQuantile(sorted, ratio)).toBeCloseTo(quantile, 10)
})

test('of nothing: unknown, not 0', () => {
  expect(sampleQuantile([], 0.5)).toBeUndefined()
})
