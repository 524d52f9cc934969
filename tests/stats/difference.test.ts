import { describe, expect, test } from 'vitest'
import { chanceOf, differenceOf, noiseOf } from '../../src/stats/difference.ts'

const estimate = (value: number, lower?: number, upper?: number) => ({ value, lower, upper })

describe('the interval of a difference is recovered from those of both figures', () => {
  test.each([
    // √(3² + 4²) = 5 on both sides.
    ['even', estimate(10, 7, 13), estimate(30, 26, 34), [20, 15, 25]],
    // Below: √(2² + 6²); above: √(8² + 1²).
    ['uneven', estimate(10, 9, 16), estimate(20, 18, 28), [10, 10 - 40 ** 0.5, 10 + 65 ** 0.5]],
    ['of a fall', estimate(30, 26, 34), estimate(10, 7, 13), [-20, -25, -15]],
    ['without an end that it needs', estimate(10, 7), estimate(30, 26), [20, undefined, undefined]],
    [
      'without the upper end of the later',
      estimate(10, 7, 13),
      estimate(30, 26),
      [20, 15, undefined],
    ],
  ])('%s', (_, base, head, [value, lower, upper]) => {
    const found = differenceOf(base, head)
    expect(found.value).toBe(value)
    expect([found.lower, found.upper]).toEqual(
      [lower, upper].map((each) => each && (expect.closeTo(each, 10) as number)),
    )
  })

  test('its reach is the end towards 0', () => {
    expect(differenceOf(estimate(10, 9, 16), estimate(20, 18, 28)).reach).toBeCloseTo(40 ** 0.5)
    expect(differenceOf(estimate(20, 18, 28), estimate(10, 9, 16)).reach).toBeCloseTo(40 ** 0.5)
  })
})

describe('the chance of such a difference', () => {
  // With ends at 95 %, a reach is 1.645 standard deviations.
  test.each([
    ['as far as its end: two-sided 0.1', 5, 5, 0.1],
    ['1.96 deviations', 5, 5 * (1.6449 / 1.96), 0.05],
    ['3.29 deviations', 10, 10 * (1.6449 / 3.2905), 0.001],
    ['none at all', 0, 5, 1],
    ['a fall', -5, 5, 0.1],
  ])('%s', (_, value, reach, chance) => {
    expect(chanceOf({ value, reach }, 0.95)).toBeCloseTo(chance, 4)
  })

  test('is not known without the end towards 0, and nothing without any noise', () => {
    expect(chanceOf({ value: 3, reach: undefined }, 0.95)).toBeUndefined()
    expect(chanceOf({ value: 3, reach: 0 }, 0.95)).toBe(0)
  })

  test('a difference as large as its noise has just that chance', () => {
    const noise = noiseOf(5, 0.95, 0.01)
    expect(chanceOf({ value: noise, reach: 5 }, 0.95)).toBeCloseTo(0.01, 4)
  })
})
