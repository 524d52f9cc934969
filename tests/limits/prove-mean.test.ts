import { describe, expect, test } from 'vitest'
import { proveMean } from '../../src/limits/prove-mean.ts'
import { proveThroughput } from '../../src/limits/prove-rate.ts'
import { seededRandom } from '../../src/stats/random.ts'
import { allOf, seconds, windowsOf, type Second } from './windows.ts'

const mean = (course: readonly Second[], limit: number) => {
  const timeline = windowsOf(course)
  return proveMean({ timeline, histogram: allOf(timeline) }, question('at most', limit))
}
const throughput = (course: readonly Second[], limit: number) =>
  proveThroughput(windowsOf(course), question('at least', limit))
const question = (operator: 'at most' | 'at least', limit: number) =>
  ({ operator, limit, confidence: 0.95 }) as const

/** Seconds whose answers take 90 and 110 ms in turn. */
const inTurn = (many: number, each: number): readonly Second[] =>
  Array.from({ length: many }, (_, at) => ({
    took: Array<number>(each).fill(at % 2 === 0 ? 90 : 110),
  }))

describe('a mean', () => {
  test('its interval is that of Student over batches', () => {
    const { low = 0, high = 0 } = mean(inTurn(20, 500), 105) ?? {}
    // s² = 2,000 / 19 over 20 batches, t = 1.7291 with 19 degrees of freedom.
    const reach = 1.7291328 * Math.sqrt(2_000 / 19 / 20)
    expect(Number(high)).toBeCloseTo(100 + reach, 4)
    expect(low).toBeCloseTo(100 - reach, 4)
  })

  test.each([
    [105, 'pass'],
    [100, 'inconclusive'],
    [95, 'fail'],
  ])('of 1,000 from 50 to 150 ms against %d ms: %s', (limit, status) => {
    const random = seededRandom(1)
    const scattered = Array.from({ length: 20 }, () => ({
      took: Array.from({ length: 50 }, () => 50 + 100 * random()),
    }))
    expect(mean(scattered, limit)?.status).toBe(status)
  })

  test('of seconds that are each alike in themselves there are only as many values as seconds', () => {
    const proof = mean(inTurn(20, 500), 300)
    expect(proof).toMatchObject({ status: 'inconclusive' })
    expect(proof?.effective).toBeLessThan(21)
  })

  test('needs 200 effective values, and five seconds', () => {
    expect(mean(seconds(20, { quick: 9 }), 300)).toMatchObject({ needs: 200 })
    expect(mean(seconds(20, { quick: 10 }), 300)?.status).toBe('pass')
    expect(mean(seconds(4, { quick: 500 }), 300)).toMatchObject({ short: 5 })
  })

  test('to be called too high it needs ten, and twenty times the limit needs five in any time', () => {
    const slow = (many: number, each: number) =>
      mean(seconds(many, { quick: 0, slow: each }), 300)?.status
    expect([slow(10, 1), slow(9, 1)]).toEqual(['fail', 'inconclusive'])
    expect(mean(seconds(1, { quick: 0, slow: 5 }), 25)?.status).toBe('fail')
    expect(mean(seconds(1, { quick: 0, slow: 5 }), 26)?.status).toBe('inconclusive')
  })

  test('seconds that drift are worth fewer', () => {
    const drift = Array.from({ length: 20 }, (_, at) => ({
      took: Array<number>(50).fill(50 + 5 * at),
    }))
    expect(mean(drift, 1_000)?.status).toBe('inconclusive')
  })
})

describe('a throughput', () => {
  test.each([
    [40, 'pass'],
    [50, 'pass'],
    [51, 'fail'],
  ])('of 50/s in every second against %d/s: %s', (limit, status) => {
    expect(throughput(seconds(21, { quick: 50 }), limit)?.status).toBe(status)
  })

  test('the last second, which the end cuts short, is left out', () => {
    const cut = [...seconds(20, { quick: 50 }), { took: [100] }]
    expect(throughput(cut, 50)?.status).toBe('pass')
  })

  test('a second without a window counts as one without successes', () => {
    const gap = windowsOf(seconds(21, { quick: 50 })).filter((_, at) => at % 2 === 0)
    const proof = proveThroughput(gap, question('at least', 40))
    expect(proof?.status).toBe('fail')
    expect(proof?.low).toBeCloseTo(25, 6)
  })

  test('needs 200 effective successes', () => {
    expect(throughput(seconds(21, { quick: 9 }), 5)).toMatchObject({ needs: 200 })
    expect(throughput(seconds(21, { quick: 9 }), 11)?.status).toBe('fail')
  })

  test('of twenty times the limit is proven in whatever time', () => {
    expect(throughput(seconds(2, { quick: 20 }), 1)?.status).toBe('pass')
    expect(throughput(seconds(2, { quick: 19 }), 1)?.status).toBe('inconclusive')
  })
})
