import { describe, expect, test } from 'vitest'
import { ar1, bursty } from '../../bench/verdicts/series.ts'
import { simulate } from '../../bench/verdicts/simulate.ts'

/** Few runs: bounds are three standard errors wider than what `npm run bench -- verdicts` holds. */
const RUNS = 200

describe.each([ar1, bursty])('simulated runs of $name latencies', { timeout: 60_000 }, (kind) => {
  test.each([
    [0, 0.1],
    [0.5, 0.1],
    [0.9, 0.13],
  ])('at the limit, correlation %d: wrong in at most %d', (rho, most) => {
    const shares = simulate({ kind, rho, count: 1_000, runs: RUNS }, 'p95', 5)
    expect(shares['on the limit'].pass).toBeLessThanOrEqual(most)
    expect(shares['on the limit'].fail).toBeLessThanOrEqual(most)
  })

  test('10 % off the limit most are decided', () => {
    const shares = simulate({ kind, rho: 0, count: 1_000, runs: RUNS }, 'p95', 6)
    expect(shares['10 % better'].inconclusive).toBeLessThanOrEqual(0.48)
    expect(shares['10 % better'].fail).toBeLessThanOrEqual(0.01)
  })

  test('few that come in clumps never pass', () => {
    const shares = simulate({ kind, rho: 0.9, count: 100, runs: RUNS }, 'p95', 7)
    expect(shares['on the limit'].pass).toBe(0)
    expect(shares['on the limit'].gate).toBeGreaterThan(0.5)
  })
})
