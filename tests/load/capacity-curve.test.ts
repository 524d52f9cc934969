import { describe, expect, test } from 'vitest'
import type { CapacityTrial } from '../../src/load/capacity.ts'
import { curveOf, kneeOf, lawOf } from '../../src/load/capacity-curve.ts'

/** What so many users get out of four workers of 40 ms. */
const trial = (load: number, more: Partial<CapacityTrial> = {}): CapacityTrial => ({
  load,
  stage: 'climb',
  outcome: 'met',
  at: 0,
  throughput: Math.min(load, 4) * 25,
  inFlight: load,
  time: Math.max(40, load * 10),
  p50: 40,
  p95: 50,
  p99: 60,
  errorRate: 0,
  ...more,
})

const LOADS = [1, 2, 4, 8, 16].map((load) => trial(load))

describe('the curve', () => {
  test('has a point for each load, the medians of its runs', () => {
    const more = [trial(2, { p95: 90, outcome: 'missed' }), trial(2, { p95: 70, throughput: 30 })]
    const curve = curveOf([...LOADS, ...more].toReversed())
    expect(curve.map(({ load }) => load)).toEqual([1, 2, 4, 8, 16])
    expect(curve[1]).toMatchObject({ load: 2, runs: 3, met: 2, p95: 70, throughput: 50 })
  })

  test('leaves out runs that tell nothing, and what was not measured', () => {
    const unmeasured = trial(1, { p95: undefined, time: undefined })
    const [point] = curveOf([unmeasured, trial(32, { outcome: 'void' })])
    expect(point).toMatchObject({ load: 1, p95: undefined, time: undefined, p50: 40 })
  })
})

describe('the knee', () => {
  test('is where the workers are busy and nobody waits', () => {
    expect(kneeOf(curveOf(LOADS))).toBe(4)
  })

  test('of two loads there is none', () => {
    expect(kneeOf(curveOf(LOADS.slice(0, 2)))).toBeUndefined()
  })
})

describe('the law', () => {
  test('is against the users, or against what a rate keeps busy', () => {
    const users = lawOf(curveOf(LOADS), 'users')
    expect(users?.lambda).toBeGreaterThan(25)
    expect(users?.sigma).toBeGreaterThan(0)
    const busy = LOADS.map((each) => trial(each.load, { inFlight: each.load / 10 }))
    // A tenth of that at once does as much: each alone does ten times as much.
    expect(lawOf(curveOf(busy), 'rate')?.lambda).toBeGreaterThan(100)
  })

  test('takes four loads', () => {
    expect(lawOf(curveOf(LOADS.slice(0, 3)), 'users')).toBeUndefined()
  })
})
