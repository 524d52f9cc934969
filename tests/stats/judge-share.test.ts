import { describe, expect, test } from 'vitest'
import { surelyInflated, toBatches } from '../../src/stats/batch-means.ts'
import { judgeShare, leastValues, roundedUp } from '../../src/stats/judge-share.ts'

/** So many hits in each of the batches of 100. */
const batches = (hits: readonly number[]) => hits.map((sum) => ({ sum, count: 100 }))
const even = (hits: number, many = 20) => batches(Array.from({ length: many }, () => hits))

const rule = { allowed: 0.05, confidence: 0.95 }

describe('of values that do not depend on each other', () => {
  test.each([
    [3, 'pass', '60 of 2,000, where 100 are allowed'],
    [7, 'fail', '140'],
    [5, 'inconclusive', 'on the limit'],
    [0, 'pass', 'none at all'],
    [100, 'fail', 'all'],
  ])('%i of 100 in each batch: %s (%s)', (hits, status) => {
    expect(judgeShare(even(hits), rule).status).toBe(status)
  })

  test('they are worth what they are', () => {
    expect(judgeShare(even(3), rule).effective).toBe(2_000)
  })
})

test('clumps say less than the same hits spread out', () => {
  const clumps = batches([10, 30, 20, ...Array.from({ length: 17 }, () => 0)])
  const { status, effective = 0 } = judgeShare(clumps, rule)
  expect(status).toBe('inconclusive')
  expect(effective).toBeLessThan(200)
})

test('other shares of the same values count as well', () => {
  const clumps = batches([100, 100, ...Array.from({ length: 18 }, () => 0)])
  expect(judgeShare(even(3), rule).status).toBe('pass')
  expect(judgeShare(even(3), { ...rule, alike: [clumps] }).status).toBe('inconclusive')
})

describe('left open, whatever was found', () => {
  test.each([
    ['199 values, of which ten could not be hits', [{ sum: 0, count: 199 }]],
    ['four batches', even(0, 4)],
  ])('with %s', (_, parts) => {
    expect(judgeShare(toBatches(parts), rule).status).toBe('inconclusive')
  })

  test('with ten at the limit in five batches it is not', () => {
    const fifty = Array.from({ length: 5 }, () => ({ sum: 0, count: 40 }))
    expect(judgeShare(fifty, rule).status).toBe('pass')
    const fewer = Array.from({ length: 5 }, () => ({ sum: 0, count: 39 }))
    expect(judgeShare(fewer, rule)).toMatchObject({ status: 'inconclusive', needs: 200 })
  })
})

describe('how many it takes', () => {
  test.each([
    [0.05, 200],
    [0.01, 1_000],
    [0.001, 10_000],
  ])('for a share of %d at least %i', (allowed, least) => {
    expect(leastValues(allowed)).toBe(least)
  })

  test('for 4 % where 5 % are allowed: 1.645² · 0.05 · 0.95 / 0.01²', () => {
    // 1,285, rounded up to two digits.
    expect(judgeShare(even(4, 5), rule).needs).toBe(1_300)
  })

  test('on the limit no number would do', () => {
    expect(judgeShare(even(5), rule).needs).toBeUndefined()
  })

  test.each([
    [1_285, 1_300],
    [200, 200],
    [7, 7],
    [20_001, 21_000],
  ])('%d is told as %d', (value, told) => {
    expect(roundedUp(value)).toBe(told)
  })
})

describe('inflation', () => {
  test('fewer batches widen more: (t / z)²', () => {
    const twenty = surelyInflated(batches([...Array(10).fill(9), ...Array(10).fill(1)]), 0.95)
    const four = surelyInflated(batches([18, 18, 2, 2]), 0.95)
    expect(twenty).toBeCloseTo((20 / 19) * (0.16 / 4.75) * 100 * (1.7291328 / 1.6448536) ** 2, 4)
    expect(four).toBeGreaterThan(3 * twenty)
  })

  test('batches no more unlike than chance do not', () => {
    expect(surelyInflated(even(5), 0.95)).toBe(1)
  })
})

describe('joining to batches', () => {
  test('sixty seconds are twenty batches of three, in order', () => {
    const seconds = Array.from({ length: 60 }, (_, at) => ({ sum: at, count: 10 }))
    const joined = toBatches(seconds)
    expect(joined).toHaveLength(20)
    expect(joined[0]).toEqual({ sum: 0 + 1 + 2, count: 30 })
    expect(joined[19]).toEqual({ sum: 57 + 58 + 59, count: 30 })
  })

  test('nothing is lost, however uneven, and what is empty is left out', () => {
    const uneven = [1, 900, 0, 3, 50, 2, 44, 0].map((count) => ({ sum: count / 2, count }))
    const joined = toBatches(uneven)
    expect(joined.reduce((all, { count }) => all + count, 0)).toBe(1_000)
    expect(joined.reduce((all, { sum }) => all + sum, 0)).toBe(500)
    expect(joined.every(({ count }) => count > 0)).toBe(true)
  })

  test('fewer stay as they are', () => {
    expect(toBatches(even(1, 7))).toEqual(even(1, 7))
    expect(toBatches([])).toEqual([])
  })
})
