import { describe, expect, test } from 'vitest'
import { scalabilityLaw, type Scaled } from '../../src/stats/usl.ts'

// SPEC SDM91 on 16 CPUs: Gunther, Guerrilla Capacity Planning, p. 92; the data set specsdm91 of R's `usl`.
const SDM91: readonly Scaled[] = [
  { load: 1, throughput: 64.9 },
  { load: 18, throughput: 995.9 },
  { load: 36, throughput: 1652.4 },
  { load: 72, throughput: 1853.2 },
  { load: 108, throughput: 1828.9 },
  { load: 144, throughput: 1775 },
  { load: 216, throughput: 1702.2 },
]

test('the published example, as usl of R and curve_fit of SciPy have it', () => {
  const law = scalabilityLaw(SDM91)
  expect(law?.lambda).toBeCloseTo(89.9952, 3)
  expect(law?.sigma).toBeCloseTo(0.02772846, 7)
  expect(law?.kappa).toBeCloseTo(0.000104365, 8)
  expect(law?.peak?.load).toBeCloseTo(96.5196, 3)
  expect(law?.fit).toBeCloseTo(0.98956, 5)
})

const course = (of: (load: number) => number): Scaled[] =>
  [1, 2, 4, 8, 16].map((load) => ({ load, throughput: of(load) }))

describe('courses of which the law is known', () => {
  test('of what scales without end', () => {
    const law = scalabilityLaw(course((load) => 25 * load))
    expect(law).toEqual({ lambda: 25, sigma: 0, kappa: 0, peak: undefined, fit: 1 })
  })

  test('of what only one can do at a time', () => {
    const law = scalabilityLaw(course(() => 25))
    expect(law?.lambda).toBeCloseTo(25, 9)
    expect(law?.sigma).toBeCloseTo(1, 9)
    expect(law?.peak).toBeUndefined()
  })

  test('of parts of one at work too', () => {
    const loads = [0.2, 0.5, 1.1, 2.2, 16]
    const law = scalabilityLaw(
      loads.map((load) => ({
        load,
        throughput: (50 * load) / (1 + 0.1 * (load - 1) + 0.01 * load * (load - 1)),
      })),
    )
    expect(law?.lambda).toBeCloseTo(50, 5)
    expect(law?.sigma).toBeCloseTo(0.1, 6)
    expect(law?.kappa).toBeCloseTo(0.01, 6)
  })

  test('a peak far beyond what was tried is not told', () => {
    const law = scalabilityLaw(course((load) => load / (1 + 1e-5 * load * (load - 1))))
    expect(law?.kappa).toBeCloseTo(1e-5, 7)
    expect(law?.peak).toBeUndefined()
  })
})

test('four different loads are the least: three figures fit any three', () => {
  expect(scalabilityLaw(course((load) => load).slice(0, 3))).toBeUndefined()
  const again = [1, 1, 2, 2, 4].map((load) => ({ load, throughput: load }))
  expect(scalabilityLaw(again)).toBeUndefined()
})
