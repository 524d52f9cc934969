import { describe, expect, test } from 'vitest'
import { seededRandom } from '../../src/stats/random.ts'
import { theilSen } from '../../src/stats/theil-sen.ts'
import { trend } from '../../src/stats/trend.ts'

const courseOf = (values: readonly number[]) => values.map((y, x) => ({ x, y }))

test.each([
  ['a line', (x: number) => 3 * x, 3],
  ['level', () => 7, 0],
])('%s has no rest, and no width', (_, valueAt, slope) => {
  const course = courseOf(Array.from({ length: 20 }, (_each, x) => valueAt(x)))
  expect(trend(course)).toEqual({ slope, lower: slope, upper: slope })
})

test('where neighbours are alike, the interval is wider and the slope the same', () => {
  const wave = courseOf(Array.from({ length: 20 }, (_, x) => x / 10 + Math.sin(x / 3)))
  const [plain, wide] = [theilSen(wave), trend(wave)]
  expect(wide?.slope).toBe(plain?.slope)
  expect(wide?.lower).toBeLessThan(Number(plain?.lower))
  expect(wide?.upper).toBeGreaterThan(Number(plain?.upper))
})

test('too little to have a slope', () => {
  expect(trend([{ x: 1, y: 2 }])).toBeUndefined()
})

describe('courses that go nowhere, 20 means of 4 values each', () => {
  const random = seededRandom(11)
  const gauss = (): number => {
    let sum = -6
    for (let each = 0; each < 12; each++) sum += random()
    return sum
  }
  /** A course in which each value keeps so much of the one before. */
  function wander(memory: number): number[] {
    let value = gauss() / Math.sqrt(1 - memory * memory)
    const next = (): number => (value = memory * value + gauss())
    return Array.from({ length: 20 }, () => (next() + next() + next() + next()) / 4)
  }

  test.each([
    [0, 0.08],
    [0.8, 0.1],
    [0.95, 0.12],
  ])('memory %d: surely rising at 95 %% are at most %d of them', (memory, most) => {
    const courses = Array.from({ length: 400 }, () => trend(courseOf(wander(memory)), 0.9))
    const rising = courses.filter((slope) => slope !== undefined && slope.lower > 0)
    expect(rising.length / courses.length).toBeLessThan(most)
  })
})
