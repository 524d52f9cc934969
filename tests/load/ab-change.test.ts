import { describe, expect, test } from 'vitest'
import { compareOften, jumping, wandering } from '../../bench/verdicts/comparisons.ts'
import type { Figure } from '../../src/limits/check.ts'
import { changeOf, judgeChange, type FigurePair } from '../../src/load/ab-change.ts'

const P95: Figure = { kind: 'percentile', of: 'latency', percentile: 95 }
const THROUGHPUT: Figure = { kind: 'throughput' }
const ERRORS: Figure = { kind: 'errorRate' }

/** Ten pairs about these values, each a little off. */
const about = (base: number, head: number): readonly FigurePair[] =>
  Array.from({ length: 10 }, (_, at) => ({
    base: base * (1 + 0.001 * at),
    head: head * (1 + 0.001 * (9 - at)),
  }))

describe('by how much head is worse', () => {
  test.each([
    ['a time: what it takes more', P95, 100, 120, 0.2],
    ['a time that is better', P95, 100, 80, -0.2],
    ['a rate: what there is less', THROUGHPUT, 100, 80, 0.2],
    ['a rate that is better', THROUGHPUT, 100, 125, -0.25],
    ['an error rate: points', ERRORS, 0.01, 0.03, 0.02],
  ])('%s', (_, figure, base, head, expected) => {
    const found = changeOf(figure, about(base, head), 0.95)
    expect(found?.change).toBeCloseTo(expected, 2)
    expect(found?.low).toBeLessThan(expected + 0.001)
    expect(found?.high).toBeGreaterThan(expected - 0.001)
    expect(found?.pairs).toBe(10)
  })

  test('errors where there were none are counted in points', () => {
    expect(changeOf(ERRORS, about(0, 0.05), 0.95)?.change).toBeCloseTo(0.05, 3)
    expect(changeOf(ERRORS, about(0, 0), 0.95)).toMatchObject({ change: 0, low: 0, high: 0 })
  })

  test('what never came is infinitely slower', () => {
    const broken = about(100, 100).map(({ base }) => ({ base, head: Infinity }))
    expect(changeOf(P95, broken, 0.95)).toMatchObject({ change: Infinity, head: Infinity })
    const one = about(100, 100).map((pair, at) => (at === 3 ? { ...pair, head: Infinity } : pair))
    expect(changeOf(P95, one, 0.95)?.change).toBeCloseTo(0, 2)
  })

  test('pairs without the figure on either side are left out; five are the least', () => {
    const some = about(100, 120).map((pair, at) => (at < 4 ? { ...pair, head: undefined } : pair))
    expect(changeOf(P95, some, 0.95)?.pairs).toBe(6)
    expect(changeOf(P95, about(100, 120).slice(0, 4), 0.95)).toBeUndefined()
    expect(changeOf(P95, about(Infinity, Infinity), 0.95)).toBeUndefined()
  })
})

describe('whether it is worse by more than is tolerated', () => {
  test.each([
    ['20 % slower, 5 % tolerated: surely', P95, 120, 0.05, 'worse'],
    ['20 % slower, 30 % tolerated: surely not', P95, 120, 0.3, 'within'],
    ['a fifth less, 5 % tolerated: surely', THROUGHPUT, 80, 0.05, 'worse'],
    ['a fifth less, 30 % tolerated: surely not', THROUGHPUT, 80, 0.3, 'within'],
    ['5 % slower, 5 % tolerated: nobody knows', P95, 105, 0.05, 'open'],
  ])('%s', (_, figure, head, tolerance, expected) => {
    const found = judgeChange(figure, about(100, head), { tolerance, confidence: 0.95 })
    const { p = 1, within = 1 } = found ?? {}
    expect(p <= 0.05 ? 'worse' : within <= 0.05 ? 'within' : 'open').toBe(expected)
  })

  test('all of five pairs on one side are enough, four are not', () => {
    const pairs = about(100, 120).slice(0, 5)
    expect(judgeChange(P95, pairs, { tolerance: 0, confidence: 0.95 })?.p).toBeCloseTo(1 / 32, 12)
  })
})

/** A few of what `npm run bench -- verdicts` does a thousand times; seeded. */
describe.each([jumping, wandering])('two minutes at 500/s, drift of 3 % that $name', (drift) => {
  const setting = { drift, size: 0.03, rho: 0, perSecond: 500, seconds: 120, block: 2, settle: 0.2 }
  test('10 % slower is found, and the same service is not', { timeout: 60_000 }, () => {
    const questions = [
      { slowdown: 0, tolerance: 0 },
      { slowdown: 0.1, tolerance: 0 },
      { slowdown: 0, tolerance: 0.05 },
      { slowdown: 0.1, tolerance: 0.05 },
    ]
    const [same, slower, sameWithin, slowerWithin] = compareOften(setting, questions, { runs: 40 })
    expect(same?.slower).toBeLessThanOrEqual(0.125)
    expect(slower?.slower).toBe(1)
    expect(sameWithin?.slower).toBe(0)
    expect(slowerWithin?.slower).toBeGreaterThanOrEqual(0.85)
    // What it says it would see lies below what it has seen.
    expect(slower?.detectable).toBeLessThan(0.06)
    expect(same?.gate).toBeGreaterThan(0.3)
  })
})
