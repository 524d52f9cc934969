import { describe, expect, test } from 'vitest'
import { mser5 } from '../../src/stats/mser.ts'
import { seededRandom } from '../../src/stats/random.ts'

/** Each of the means of five. */
const batches = (means: readonly number[]): readonly number[] =>
  means.flatMap((mean) => [mean - 2, mean - 1, mean, mean + 1, mean + 2])

describe('worked by hand', () => {
  test.each([
    // All twelve: 216.67 / 144 = 1.50. Without the first: 6.18 / 121 = 0.051. Without two: 6.1 / 100 = 0.061.
    [[15, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2], 1],
    // Without the first two 6.1 / 100; without one 88.2 / 121.
    [[20, 11, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1], 2],
    [[1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2], 0],
    [[7, 7, 7, 7, 7, 7, 7, 7, 7, 7], 0],
  ])('%j: without the first %i', (means, cut) => {
    expect(mser5(batches(means))).toEqual({ cut: 5 * cut, settled: true })
  })

  test('what still falls at its end has not settled', () => {
    expect(mser5(batches([90, 80, 70, 60, 50, 40, 30, 20, 10, 0]))?.settled).toBe(false)
    expect(mser5(batches([9, 9, 9, 9, 9, 9, 9, 1, 1, 1, 1, 1]))).toMatchObject({ settled: false })
  })

  test('of fewer than ten batches nothing is said', () => {
    expect(mser5(batches([9, 1, 1, 1, 1, 1, 1, 1, 1]))).toBeUndefined()
    expect(mser5([])).toBeUndefined()
  })
})

describe('against the definition, for every cut', () => {
  test.each([1, 2, 3, 4])('series %i', (seed) => {
    const random = seededRandom(seed)
    const values = Array.from(
      { length: 300 },
      (_, at) => 1_000_000 + 50 * Math.exp(-at / 30) + 10 * random(),
    )
    expect(mser5(values)?.cut).toBe(5 * byDefinition(values))
  })
})

test('a start that decays is left out, give or take', () => {
  const random = seededRandom(5)
  const values = Array.from({ length: 1_000 }, (_, at) => (at < 200 ? 300 : 100) + 50 * random())
  expect(mser5(values)).toEqual({ cut: 200, settled: true })
})

function byDefinition(values: readonly number[]): number {
  const means = Array.from({ length: Math.floor(values.length / 5) }, (_, at) =>
    mean(values.slice(5 * at, 5 * at + 5)),
  )
  const errors = means.slice(0, means.length - 4).map((_, cut) => {
    const left = means.slice(cut)
    const middle = mean(left)
    return left.reduce((sum, each) => sum + (each - middle) ** 2, 0) / left.length ** 2
  })
  return errors.indexOf(Math.min(...errors))
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, each) => sum + each, 0) / values.length
