import { describe, expect, test } from 'vitest'
import { Histogram } from '../../src/stats/histogram.ts'
import { quantileInterval, quantileRanks } from '../../src/stats/quantile-interval.ts'
import { seededRandom } from '../../src/stats/random.ts'
import { exactAtMost } from './exact-binomial.ts'

describe('ranks', () => {
  // By search over scipy.stats.binom (SciPy 1.17).
  test.each([
    [10, 50, 0.95, 2, 9],
    [59, 95, 0.95, 52, undefined],
    [71, 95, 0.95, 63, undefined],
    [72, 95, 0.95, 64, 72],
    [100, 50, 0.95, 40, 61],
    [100, 90, 0.95, 84, 96],
    [1_000, 95, 0.95, 936, 964],
    [1_000, 99, 0.95, 983, 997],
    [367, 99, 0.95, 359, undefined],
    [400, 99, 0.95, 392, 400],
    [10_000, 99.9, 0.99, 9_981, 9_998],
    [20, 50, 0.9, 6, 15],
    [1, 50, 0.95, undefined, undefined],
  ])('of %i, p%d at %d: %s to %s', (samples, percentile, confidence, lower, upper) => {
    expect(quantileRanks(samples, percentile, confidence)).toEqual({ lower, upper })
  })

  test('no narrower ranks would do', () => {
    const { lower = 0, upper = 0 } = quantileRanks(200, 90, 0.95)
    const atMost = (count: number): number => exactAtMost(count, 200, [90, 100])
    expect(atMost(lower - 1)).toBeLessThanOrEqual(0.025)
    expect(atMost(lower)).toBeGreaterThan(0.025)
    expect(1 - atMost(upper - 1)).toBeLessThanOrEqual(0.025)
    expect(1 - atMost(upper - 2)).toBeGreaterThan(0.025)
  })
})

const recorded = (values: readonly number[]) => {
  const histogram = new Histogram()
  for (const value of values) histogram.record(value)
  return histogram.data()
}

describe('on a histogram', () => {
  const hundred = recorded(Array.from({ length: 100 }, (_, at) => at + 1))

  test('it goes from the start of a bucket to the end of one', () => {
    const { lower = 0, upper = 0 } = quantileInterval(hundred, 50, { confidence: 0.95 })
    expect(lower).toBeLessThanOrEqual(40)
    expect(lower).toBeGreaterThan(40 * 0.998)
    expect(upper).toBeGreaterThanOrEqual(61)
    expect(upper).toBeLessThan(61 * 1.002)
  })

  test('it never leaves what was seen', () => {
    const { lower, upper } = quantileInterval(recorded(Array(500).fill(7.001)), 95, {
      confidence: 0.95,
    })
    expect({ lower, upper }).toEqual({ lower: 7.001, upper: 7.001 })
  })

  test('without enough samples the upper side is not known', () => {
    expect(quantileInterval(hundred, 99, { confidence: 0.95 }).upper).toBeUndefined()
    expect(quantileInterval(recorded([]), 95, { confidence: 0.95 })).toEqual({})
  })

  test('what never came lies beyond all that did', () => {
    const interval = quantileInterval(hundred, 95, { confidence: 0.95, beyond: 5 })
    expect(interval.upper).toBe(Infinity)
  })

  test('samples that are worth fewer give a wider interval', () => {
    const whole = quantileInterval(hundred, 50, { confidence: 0.95 })
    const worth = quantileInterval(hundred, 50, { confidence: 0.95, effective: 25 })
    expect(worth.lower).toBeLessThan(whole.lower ?? 0)
    expect(worth.upper).toBeGreaterThan(whole.upper ?? 0)
  })

  test('it holds the true quantile as often as it says', () => {
    const random = seededRandom(7)
    let held = 0
    for (let run = 0; run < 600; run++) {
      const values = recorded(Array.from({ length: 300 }, () => -Math.log(1 - random())))
      const { lower = 0, upper = 0 } = quantileInterval(values, 90, { confidence: 0.95 })
      if (lower <= Math.LN10 && Math.LN10 <= upper) held++
    }
    expect(held / 600).toBeGreaterThan(0.93)
  })
})
