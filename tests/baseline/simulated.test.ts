import { describe, expect, test } from 'vitest'
import { compareTimes } from '../../bench/verdicts/compare.ts'
import { ar1, bursty } from '../../bench/verdicts/series.ts'

/**
 * Two machines that are not alike: one whose answers depend on each other, one that has bursts. Seeded, so
 * that each of these figures is always the same; `npm run bench -- baselines` has more of them.
 */
const MACHINES = [
  { name: 'ar1', service: { kind: ar1, rho: 0.5, count: 2_000, drift: 0.03 } },
  { name: 'bursty', service: { kind: bursty, rho: 0.5, count: 2_000, drift: 0.03 } },
]

describe.each(MACHINES)('$name: five runs against five', { timeout: 60_000 }, ({ service }) => {
  const comparing = { service, repeats: 5, times: 50 }

  test('of fifty comparisons of what has not changed at most one is red', () => {
    const { ours, gate } = compareTimes(comparing, 0, 11)
    expect(ours * comparing.times).toBeLessThanOrEqual(1)
    expect(gate).toBeGreaterThan(ours)
  })

  test('a slowdown of 20 % is red in at least 80 %', () => {
    expect(compareTimes(comparing, 0.2, 12).ours).toBeGreaterThanOrEqual(0.8)
  })
})
