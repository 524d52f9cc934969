import { describe, expect, test } from 'vitest'
import { toThinkTime, type ThinkTime } from '../../src/load/think-time.ts'
import { seededRandom } from '../../src/stats/random.ts'

const draws = (time: ThinkTime, times = 20_000): readonly number[] => {
  const [draw, random] = [toThinkTime(time, 'thinkTime'), seededRandom(3)]
  return Array.from({ length: times }, () => draw(random))
}
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length
const deviation = (values: readonly number[]): number => {
  const center = mean(values)
  return Math.sqrt(mean(values.map((value) => (value - center) ** 2)))
}

describe('20,000 draws have the mean and the deviation of their distribution, within 2 %', () => {
  test.each<[string, ThinkTime, number, number]>([
    ['always the same', '1s', 1_000, 0],
    ['uniform from 1 to 5 s: deviation (b − a) / √12', ['1s', '5s'], 3_000, 4_000 / Math.sqrt(12)],
    ['normal', { normal: { mean: '2s', deviation: '300ms' } }, 2_000, 300],
    ['exponential: deviation as its mean', { exponential: { mean: '1.5s' } }, 1_500, 1_500],
  ])('%s', (_what, time, center, spread) => {
    const values = draws(time)
    expect(Math.abs(mean(values) - center)).toBeLessThanOrEqual(center * 0.02)
    expect(Math.abs(deviation(values) - spread)).toBeLessThanOrEqual(spread * 0.02)
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0)
  })
})

test('a normal one never goes below 0', () => {
  expect(Math.min(...draws({ normal: { mean: 10, deviation: 100 } }))).toBe(0)
})

test.each([
  ['1'],
  [['1s']],
  [['5s', '1s']],
  [{ normal: { mean: '1s' } }],
  [{ exponential: {} }],
  [{ normal: { mean: 1, deviation: 1 }, exponential: { mean: 1 } }],
  [{ poisson: { mean: 1 } }],
  [null],
])('%j is no think time', (time) => {
  expect(() => toThinkTime(time, 'chat user.thinkTime')).toThrowErrorMatchingSnapshot()
})
