import { expect, test } from 'vitest'
import { distribution } from '../../src/metrics/distribution.ts'
import { percentileIntervals } from '../../src/limits/percentile-intervals.ts'
import { allOf, windowsOf, type Second } from './windows.ts'

const intervals = (course: readonly Second[]) => {
  const windows = windowsOf(course)
  const of = { windows, of: 'latency', owing: 'all' } as const
  return percentileIntervals(distribution('latency', allOf(windows), { course: of }))
}

/** 1 to 1,000 ms, one of each, in an order without memory. */
const evenly = Array.from({ length: 20 }, (_, second) => ({
  took: Array.from({ length: 50 }, (__, at) => 1 + ((at * 20 + second * 7) % 1_000)),
}))

// Ranks of scipy.stats.binom (SciPy 1.17), 5 % beyond each end.
test.each([
  ['p50', 474, 527],
  ['p90', 884, 916],
  ['p95', 938, 962],
  ['p99', 985, 996],
] as const)('of 1 to 1,000 the %s lies from the %ith to the %ith', (name, low, high) => {
  const found = intervals(evenly)?.[name]
  expect(Math.abs((found?.low ?? 0) - low)).toBeLessThan(1.5)
  expect(Math.abs(Number(found?.high) - high)).toBeLessThan(1.5)
})

test('of a thousand, a p99.9 has no upper end', () => {
  expect(intervals(evenly)?.p999).toEqual({
    low: expect.any(Number) as number,
    effective: expect.any(Number) as number,
  })
})

test('slow stretches widen it', () => {
  const stretched = evenly.map(({ took }, at) => ({
    took: at < 4 ? took.map((each) => each * 3) : took,
  }))
  const found = intervals(stretched)?.p95
  expect(Number(found?.high ?? Infinity) - (found?.low ?? 0)).toBeGreaterThan(500)
})

test('clumps are worth fewer values than there are', () => {
  const clumped = evenly.map(({ took }, at) => ({ took: took.map(() => 50 * (at % 5)) }))
  expect(intervals(clumped)?.p50?.effective).toBeLessThan(50)
})

test('of less than five seconds nothing is said, and of nothing either', () => {
  expect(intervals(evenly.slice(0, 4))).toBeUndefined()
  expect(intervals([])).toBeUndefined()
})
