import { describe, expect, test } from 'vitest'
import { provePercentile } from '../../src/limits/prove-percentile.ts'
import { allOf, seconds, windowsOf, type Second } from './windows.ts'

const prove = (
  course: readonly Second[],
  { percentile = 95, limit = 300, confidence = 0.95, failures = true, never = 0 } = {},
) => {
  const timeline = windowsOf(course)
  const values = { timeline, histogram: allOf(timeline), failures, never }
  return provePercentile(values, { percentile, limit, confidence })
}

describe('a p95 of at most 300 ms over 20 seconds of 50 requests', () => {
  test.each([
    [{ quick: 50 }, 'pass', 'all quick'],
    [{ quick: 49, slow: 1 }, 'pass', '2 % slow'],
    [{ quick: 47, slow: 3 }, 'inconclusive', '6 % slow: more than 5 %, and not surely'],
    [{ quick: 45, slow: 5 }, 'fail', '10 % slow'],
    [{ quick: 45, failed: 5 }, 'fail', '10 % failed, which is infinitely slow'],
    [{ quick: 0, failed: 50 }, 'fail', 'all failed'],
  ] as const)('%o: %s (%s)', (each, status, _why) => {
    expect(prove(seconds(20, each))?.status).toBe(status)
  })

  test('failures that are left out are not counted', () => {
    expect(prove(seconds(20, { quick: 45, failed: 5 }), { failures: false })?.status).toBe('pass')
  })

  test('what never got an answer counts, and came last', () => {
    const quick = seconds(20, { quick: 50 })
    expect(prove(quick, { never: 10 })?.status).toBe('inconclusive')
    expect(prove(quick, { never: 1 })?.status).toBe('pass')
  })

  test('slow ones in one burst say less than the same number spread out', () => {
    const burst = [...seconds(19, { quick: 50 }), ...seconds(1, { quick: 30, slow: 20 })]
    const proof = prove(burst)
    expect(proof?.status).toBe('inconclusive')
    expect(proof?.effective).toBeLessThan(100)
  })

  test('more confidence takes more', () => {
    const course = seconds(20, { quick: 48, slow: 2 })
    const some = [...course.slice(0, 10), ...seconds(10, { quick: 49, slow: 1 })]
    expect(prove(some)?.status).toBe('pass')
    expect(prove(some, { confidence: 0.999 })?.status).toBe('inconclusive')
  })
})

describe('a median of seconds that differ from each other', () => {
  // Nearly all of a second are quick, or nearly all of it slow: 240 requests say as much as fourteen.
  const alike = Array.from({ length: 12 }, (_, at) => {
    const quick = (at * 7) % 3 === 0 || at % 5 === 1 ? 18 : 2
    return { took: [...Array<number>(quick).fill(1), ...Array<number>(20 - quick).fill(2)] }
  })

  test.each([
    [5_000, 'pass', 'there is nothing to tell apart'],
    [21, 'pass', 'ten times the end of its interval'],
    [4, 'inconclusive', 'it may be there by chance'],
  ] as const)('within %i ms: %s (%s)', (limit, status, _why) => {
    const proof = prove(alike, { percentile: 50, limit })
    expect(proof?.effective).toBe(14)
    expect(proof?.status).toBe(status)
  })
})

describe('too few', () => {
  test.each([
    [95, 199, 200],
    [99, 999, 1_000],
    [50, 19, 20],
  ])('p%d of %i requests needs %i', (percentile, count, needs) => {
    const course = Array.from({ length: count }, () => ({ took: [100] }))
    const proof = prove(course, { percentile })
    expect(proof).toMatchObject({ status: 'inconclusive', needs })
    expect(prove([...course, { took: [100] }], { percentile })?.status).toBe('pass')
  })

  test('seconds: of four nothing is known, however many requests', () => {
    const proof = prove(seconds(4, { quick: 1_000 }))
    expect(proof).toMatchObject({ status: 'inconclusive', short: 5, needs: 200 })
    expect(prove(seconds(5, { quick: 1_000 }))?.status).toBe('pass')
  })

  test('the slowest of all is a fact, and of nothing there is nothing to prove', () => {
    expect(prove(seconds(20, { quick: 50 }), { percentile: 100 })).toBeUndefined()
    expect(prove([])).toBeUndefined()
  })
})

describe('between what it lies', () => {
  const evenly = Array.from({ length: 20 }, (_, second) => ({
    took: Array.from({ length: 50 }, (__, at) => 1 + ((at * 20 + second * 7) % 1_000)),
  }))

  test('by ranks: of 1 to 1,000 the p95 from the 938th to the 962nd', () => {
    // Ranks of scipy.stats.binom with 5 % on each side.
    const { low = 0, high = 0 } = prove(evenly, { limit: 970 }) ?? {}
    expect(Math.abs(low - 938)).toBeLessThan(2)
    expect(Math.abs(Number(high) - 962)).toBeLessThan(2)
  })

  test('the upper end is never, among those that got no answer', () => {
    const proof = prove(seconds(20, { quick: 47, failed: 3 }), { limit: 50 })
    expect(proof?.high).toBe('never')
  })

  test('it lies on one side of a limit that is surely met or missed', () => {
    expect(prove(seconds(20, { quick: 49, slow: 1 }))?.high).toBeLessThanOrEqual(300)
    expect(prove(seconds(20, { quick: 45, slow: 5 }))?.low).toBeGreaterThan(300)
  })
})
