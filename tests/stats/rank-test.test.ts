import { describe, expect, test } from 'vitest'
import { rankTest } from '../../src/stats/rank-test.ts'

// Permeability of the chorioamnion: Hollander & Wolfe (1973), p. 69.
const TERM = [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46]
const EARLY = [1.15, 0.88, 0.9, 0.74, 1.21]

// Figures of scipy.stats.mannwhitneyu(method='exact') and permutation_test (SciPy 1.17).
test.each([
  [EARLY, TERM, 35, 0.2544122544122544],
  [[1, 2, 3], [4, 5, 6], 9, 0.1],
  [[1, 2, 3, 4], [5, 6, 7, 8], 16, 0.02857142857142857],
  [[1, 2, 3, 4, 5], [6, 7, 8, 9, 10], 25, 0.007936507936507936],
  [[1, 3, 5, 7], [2, 4, 6, 8, 9.5], 14, 0.4126984126984127],
  [[1, 2, 2, 3, 5], [2, 3, 4, 4, 6, 6], 44.5 - 21, 0.12554112554112554],
])('%j against %j: U = %d, p = %d', (base, head, u, p) => {
  const found = rankTest(base, head)
  expect(found?.u).toBeCloseTo(u, 12)
  expect(found?.p).toBeCloseTo(p, 10)
})

describe('against every way to part the values', () => {
  test.each([
    [
      [3, 1, 2, 2],
      [2, 5, 4],
    ],
    [
      [10, 10, 10],
      [10, 10, 11, 12],
    ],
    [
      [5, 6, 7, 8, 9],
      [1, 2, 3],
    ],
  ])('%j and %j', (base, head) => {
    expect(rankTest(base, head)?.p).toBeCloseTo(partings(base, head), 12)
  })
})

test('all alike tells nothing, and nor does nothing', () => {
  expect(rankTest([4, 4, 4], [4, 4])?.p).toBe(1)
  expect(rankTest([], [1])).toBeUndefined()
  expect(rankTest(Array(30).fill(1), Array(27).fill(2))).toBeUndefined()
})

test('56 values are still counted exactly', () => {
  const values = Array.from({ length: 56 }, (_, at) => at)
  expect(rankTest(values.slice(0, 28), values.slice(28))?.p).toBeCloseTo(
    2 / 7.64869060076044e15,
    25,
  )
})

/** The share of all subsets whose sum of wins lies as far out, the smaller tail doubled. */
function partings(base: readonly number[], head: readonly number[]): number {
  const all = [...base, ...head]
  const wins = (chosen: readonly number[], rest: readonly number[]): number =>
    chosen
      .flatMap((one) => rest.map((two) => (one > two ? 1 : one === two ? 0.5 : 0) as number))
      .reduce((sum, each) => sum + each, 0)
  const found = wins(head, base)
  const each: number[] = []
  for (let mask = 0; mask < 2 ** all.length; mask++) {
    const inside = all.filter((_, at) => ((mask >> at) & 1) === 1)
    if (inside.length !== head.length) continue
    each.push(
      wins(
        inside,
        all.filter((_, at) => ((mask >> at) & 1) === 0),
      ),
    )
  }
  const low = each.filter((u) => u <= found).length / each.length
  const high = each.filter((u) => u >= found).length / each.length
  return Math.min(1, 2 * Math.min(low, high))
}
