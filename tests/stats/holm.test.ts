import { describe, expect, test } from 'vitest'
import { holm } from '../../src/stats/holm.ts'
import { seededRandom } from '../../src/stats/random.ts'

describe('worked examples', () => {
  test.each([
    {
      // In order 0.005 · 4, 0.01 · 3, 0.03 · 2, and 0.04 · 1, which is raised to the one before it.
      source: 'Wikipedia, Holm–Bonferroni method',
      raw: [0.01, 0.04, 0.03, 0.005],
      adjusted: [0.03, 0.06, 0.06, 0.02],
    },
    {
      source: 'the documentation of pingouin.multicomp',
      raw: [0.5, 0.003, 0.32, 0.054, 0.0003],
      adjusted: [0.64, 0.012, 0.64, 0.162, 0.0015],
    },
    {
      source: 'the documentation of @stdlib/stats-padjust',
      raw: [0.319, 0.201, 0.4, 0.374, 0.113],
      adjusted: [0.957, 0.804, 0.957, 0.957, 0.565],
    },
  ])('$source', ({ raw, adjusted }) => {
    for (const [at, p] of holm(raw).entries()) expect(p).toBeCloseTo(adjusted[at] as number, 10)
  })
})

test('one p-value stays as it is, none gives none, and none goes beyond 1', () => {
  expect(holm([0.04])).toEqual([0.04])
  expect(holm([])).toEqual([])
  expect(holm([0.9, 0.8, 1])).toEqual([1, 1, 1])
})

test('of ten tests in which nothing differs, 5 % of runs call one different, not 40 %', () => {
  const random = seededRandom(11)
  const runs = 4_000
  let [called, uncorrected] = [0, 0]
  for (let run = 0; run < runs; run++) {
    const raw = Array.from({ length: 10 }, () => random())
    if (Math.min(...raw) <= 0.05) uncorrected++
    if (Math.min(...holm(raw)) <= 0.05) called++
  }
  expect(called / runs).toBeGreaterThan(0.04)
  expect(called / runs).toBeLessThan(0.06)
  expect(uncorrected / runs).toBeGreaterThan(0.35)
})
