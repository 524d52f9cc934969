import { describe, expect, test } from 'vitest'
import { shareChance, shareDifference } from '../../src/stats/share-difference.ts'

const share = (count: number, of: number, inflation = 1) => ({ count, of, inflation })

describe('the chance of hits so unevenly spread', () => {
  test.each([
    // All five of five on one side of two equal ones: 2 · ½⁵.
    ['five to none', share(0, 100), share(5, 100), 2 / 32],
    ['none to five', share(5, 100), share(0, 100), 2 / 32],
    ['as many', share(3, 100), share(3, 100), 1],
    ['none at all', share(0, 100), share(0, 900), 1],
    // A third of all values: (⅔)⁴ · 2 for none of four.
    ['of unlike many', share(4, 200), share(0, 100), 2 * (2 / 3) ** 4],
    ['in clumps of five: worth one to none', share(0, 500, 5), share(5, 500, 5), 1],
    ['of no values', share(0, 0), share(5, 100), 1],
  ])('%s', (_, base, head, chance) => {
    expect(shareChance(base, head)).toBeCloseTo(chance, 8)
  })
})

test('the difference of two shares holds none when it may be chance', () => {
  const { value, lower, upper } = shareDifference(share(5, 100), share(9, 100), 0.95)
  expect(value).toBeCloseTo(0.04)
  expect(lower).toBeLessThan(0)
  expect(upper).toBeGreaterThan(0.08)
})

test('clumps widen it', () => {
  const width = (inflation: number): number => {
    const { lower = 0, upper = 0 } = shareDifference(
      share(50, 1_000, inflation),
      share(90, 1_000, inflation),
      0.95,
    )
    return upper - lower
  }
  expect(width(4) / width(1)).toBeGreaterThan(1.8)
})
