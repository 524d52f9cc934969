import { describe, expect, test } from 'vitest'
import { besideOf, MOST_PAIRS, pairedShift } from '../../src/stats/signed-rank.ts'

// Depression before and after: Hollander & Wolfe (1973), p. 29, as wilcox.test of R shows it.
const BEFORE = [1.83, 0.5, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.3]
const AFTER = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29]
const FALL = BEFORE.map((value, at) => value - (AFTER[at] ?? 0))

describe('one-sided tests', () => {
  test('of the published example', () => {
    const { above, below } = besideOf(FALL, 0)
    expect(above).toBeCloseTo(0.01953125, 12)
    expect(below).toBeCloseTo(0.986328125, 12)
  })

  // Figures of scipy.stats.wilcoxon(method='exact'), SciPy 1.17.
  test.each([
    [5, 0.40625, 0.6875],
    [8, 0.37109375, 0.6796875],
    [10, 0.34765625, 0.6875],
    [20, 0.2608366012573242, 0.7509956359863281],
    [30, 0.1853703036904335, 0.8200610363855958],
    [60, 0.10963686663285921, 0.8917431853231199],
  ])('of %d pairs', (pairs, above, below) => {
    const of = Array.from(
      { length: pairs },
      (_, at) => Math.sqrt(at * 3.7 + 2) - Math.sqrt(pairs * 1.5),
    )
    const found = besideOf(of, 0)
    expect(found.above).toBeCloseTo(above, 10)
    expect(found.below).toBeCloseTo(below, 10)
  })

  test('pairs that do not differ at all show nothing', () => {
    expect(besideOf([0, 0, 0, 0, 0, 0], 0).above).toBeGreaterThanOrEqual(0.5)
    expect(besideOf([0, 0, 0, 0, 0, 0], 0.1).below).toBeCloseTo(1 / 64, 12)
  })
})

describe('the centre of differences', () => {
  // The critical values of Wilcoxon's table, one-sided: T ≤ 10 at 5 % for 10 pairs, 60 for 20, 151 for 30.
  test.each([
    [10, 0.95, 10],
    [20, 0.95, 60],
    [30, 0.95, 151],
    [10, 0.99, 5],
    [20, 0.99, 43],
  ])('of %d pairs at %d leaves out %d means and takes the next', (pairs, confidence, critical) => {
    // Powers of two: all means differ.
    const values = Array.from({ length: pairs }, (_, at) => 2 ** at)
    const means = values
      .flatMap((left, at) => values.slice(at).map((right) => (left + right) / 2))
      .toSorted((left, right) => left - right)
    const found = pairedShift(values, confidence)
    expect(found?.lower).toBe(means[critical])
    expect(found?.upper).toBe(means.at(-1 - critical))
    expect(found?.confidence).toBeGreaterThanOrEqual(confidence)
  })

  test('is the median of the means of two; a wild pair moves it little', () => {
    expect(pairedShift([1, 2, 3])?.shift).toBe(2)
    expect(pairedShift([1, 2, 3, 4, 5, 6, 1_000])?.shift).toBe(4)
  })

  test('pairs that are infinitely far apart are among the others', () => {
    const found = pairedShift([0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, Infinity, -Infinity])
    expect(found?.shift).toBeCloseTo(0.1, 12)
    expect(pairedShift([Infinity, Infinity, 1, Infinity])?.shift).toBe(Infinity)
    expect(pairedShift([1, 1, 1, 1, 1, -Infinity, -Infinity, -Infinity])?.lower).toBe(-Infinity)
  })

  test('three pairs reach 87.5 % and no more, which is said', () => {
    expect(pairedShift([1, 2, 3])).toEqual({ shift: 2, lower: 1, upper: 3, confidence: 0.875 })
  })

  test('there is none without pairs, nor of more than can be worked out', () => {
    expect(pairedShift([])).toBeUndefined()
    expect(pairedShift(Array.from({ length: MOST_PAIRS + 1 }, () => 0))).toBeUndefined()
  })
})
