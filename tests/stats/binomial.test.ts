import { describe, expect, test } from 'vitest'
import { binomialAtLeast, binomialAtMost, binomialBounds } from '../../src/stats/binomial.ts'
import { exactAtMost } from './exact-binomial.ts'

describe('tails', () => {
  test.each([
    [0, 59, [5, 100]],
    [3, 10, [1, 3]],
    [16, 1_000, [1, 100]],
    [49, 1_000, [5, 100]],
    [65, 1_000, [5, 100]],
    [700, 800, [9, 10]],
  ] as const)('at most %i of %i is the sum of its terms', (count, of, chance) => {
    const p = chance[0] / chance[1]
    expect(binomialAtMost({ count, of }, p)).toBeCloseTo(exactAtMost(count, of, chance), 10)
    const more = 1 - exactAtMost(count, of, chance)
    expect(binomialAtLeast({ count: count + 1, of }, p)).toBeCloseTo(more, 10)
  })

  test('of nothing and of everything', () => {
    expect(binomialAtMost({ count: 5, of: 5 }, 0.3)).toBe(1)
    expect(binomialAtLeast({ count: 0, of: 5 }, 0.3)).toBe(1)
    expect(binomialAtMost({ count: -1, of: 5 }, 0.3)).toBe(0)
    expect(binomialAtLeast({ count: 6, of: 5 }, 0.3)).toBe(0)
  })
})

describe('bounds', () => {
  // Figures of scipy.stats.beta.ppf (SciPy 1.17).
  test.each([
    [0, 59, 0.95, 0, 0.04950760988822693],
    [0, 299, 0.95, 0, 0.009969146792899269],
    [1, 473, 0.95, 0.0001084366031754383, 0.009989707474224693],
    [5, 100, 0.95, 0.019905563662171843, 0.1022533776432745],
    [5, 100, 0.975, 0.016431879182052158, 0.11283491110546275],
    [50, 1_000, 0.95, 0.039163535925589354, 0.06286340351237973],
    [3, 10, 0.975, 0.0667395111777345, 0.6524528500599973],
    [10, 10, 0.95, 0.7411344491069478, 1],
    [500, 10_000, 0.99, 0.04505859397786307, 0.05530080334223367],
    [7.5, 123.4, 0.95, 0.029770892832355796, 0.10893794272995061],
  ])('%d of %d at %d', (count, of, confidence, lower, upper) => {
    const bounds = binomialBounds({ count, of }, confidence)
    expect(bounds.lower).toBeCloseTo(lower, 10)
    expect(bounds.upper).toBeCloseTo(upper, 10)
  })

  test.each([
    [1, 20],
    [4, 50],
    [30, 300],
  ])('%i of %i is just believable at both bounds', (count, of) => {
    const { lower, upper } = binomialBounds({ count, of }, 0.95)
    const chance = (p: number): readonly [number, number] => [Math.round(p * 1e9), 1e9]
    expect(exactAtMost(count, of, chance(upper))).toBeCloseTo(0.05, 6)
    expect(1 - exactAtMost(count - 1, of, chance(lower))).toBeCloseTo(0.05, 6)
  })

  // A percentile passes when the upper bound of its exceedances is at most 1 − p.
  test.each([
    [0.01, [299, 473, 628, 773]],
    [0.05, [59, 93, 124, 153]],
  ])('the least samples for none, one, two, three beyond a share of %d', (share, least) => {
    for (const [count, of] of least.entries()) {
      expect(binomialBounds({ count, of }, 0.95).upper).toBeLessThanOrEqual(share)
      expect(binomialBounds({ count, of: of - 1 }, 0.95).upper).toBeGreaterThan(share)
    }
  })

  test.each([
    [100, 4],
    [1_000, 16],
  ])('p99 of %i fails from %i beyond it', (of, count) => {
    expect(binomialBounds({ count, of }, 0.95).lower).toBeGreaterThan(0.01)
    expect(binomialBounds({ count: count - 1, of }, 0.95).lower).toBeLessThanOrEqual(0.01)
  })
})
