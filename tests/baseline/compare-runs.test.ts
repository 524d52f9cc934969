import { describe, expect, test } from 'vitest'
import { canTell, compareRuns, leastRepeats } from '../../src/baseline/compare-runs.ts'

const FIVE = [98, 99, 100, 101, 102]
const times = (factor: number, values: readonly number[] = FIVE): number[] =>
  values.map((value) => value * factor)
const question = { tolerance: 0.1, confidence: 0.95 }

const one = (base: readonly number[], head: readonly number[], rate = false) => {
  const [change] = compareRuns([{ base, head, rate }], question)
  if (change === undefined) throw new Error('nothing was compared')
  return change
}

describe('one figure of five runs against five, 10 % tolerated', () => {
  test.each([
    ['the same', 1, 'within', false],
    ['5 % slower', 1.05, 'within', false],
    ['as much slower as is tolerated', 1.1, 'open', false],
    ['20 % slower', 1.2, 'worse', false],
    ['20 % faster', 0.8, 'within', true],
  ])('%s', (_, factor, status, better) => {
    expect(one(FIVE, times(factor))).toMatchObject({ status, better })
    expect(one(FIVE, times(factor)).change).toBeCloseTo(factor - 1, 10)
  })

  test('the chance is that of the most extreme of 252 orders', () => {
    expect(one(FIVE, times(1.2)).p).toBeCloseTo(1 / 252, 12)
    expect(one(FIVE, times(0.8)).p).toBe(1)
  })

  test('each end of the interval holds with the confidence: it is the fifth of 25 ratios', () => {
    const { low, high } = one(FIVE, times(1.2))
    const ratios = times(1.2)
      .flatMap((head) => FIVE.map((base) => head / base - 1))
      .toSorted((left, right) => left - right)
    expect(low).toBeCloseTo(ratios[4] as number, 10)
    expect(high).toBeCloseTo(ratios[20] as number, 10)
  })

  test('one run that was slow by chance is no slowdown', () => {
    expect(one(FIVE, [98, 99, 100, 101, 300])).toMatchObject({ status: 'open', change: 0 })
  })
})

test('a rate that falls is worse, one that rises is not', () => {
  expect(one(FIVE, times(0.8), true)).toMatchObject({ status: 'worse', better: false })
  expect(one(FIVE, times(0.8), true).change).toBeCloseTo(-0.2, 10)
  expect(one(FIVE, times(0.95), true)).toMatchObject({ status: 'within' })
  expect(one(FIVE, times(1.3), true)).toMatchObject({ status: 'within', better: true })
})

test('a percentile that failures make endless is worse than any', () => {
  expect(
    one(
      FIVE,
      FIVE.map(() => Infinity),
    ),
  ).toMatchObject({ status: 'worse', change: Infinity })
  expect(one(FIVE, [98, 99, 100, 101, Infinity])).toMatchObject({ status: 'open', high: Infinity })
})

test('many comparisons are corrected: what is red alone is not among twenty', () => {
  const slower = { base: FIVE, head: times(1.2), rate: false }
  const same = { base: FIVE, head: FIVE, rate: false }
  const status = (others: number) =>
    compareRuns([slower, ...Array.from({ length: others }, () => same)], question)[0]?.status
  expect([0, 11, 12].map(status)).toEqual(['worse', 'worse', 'open'])
})

describe('how many runs it takes at 95 %', () => {
  test.each([
    [3, 3, 1, true],
    [3, 3, 2, false],
    [4, 4, 2, true],
    [5, 5, 12, true],
    [5, 5, 13, false],
    [1, 5, 1, false],
    [20, 1, 1, true],
    [20, 1, 2, false],
  ])('%i against %i, %i comparisons: %s', (base, head, comparisons, expected) => {
    expect(canTell(base, head, comparisons, 0.95)).toBe(expected)
  })

  test.each([
    [5, 1, 2],
    [5, 2, 3],
    [3, 2, 5],
    [1, 1, 19],
  ])('a baseline of %i and %i comparisons takes %s repeats', (base, comparisons, least) => {
    expect(leastRepeats(base, comparisons, 0.95)).toBe(least)
  })
})
