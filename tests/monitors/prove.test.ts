import { describe, expect, test } from 'vitest'
import { proveRetained } from '../../src/monitors/prove-retained.ts'
import { proveSlope } from '../../src/monitors/prove-slope.ts'

describe('a slope', () => {
  /** Of 10 B/s, in a minute. */
  const slope = { slope: 10, lower: 6, upper: 14, from: 20_000, to: 60_000, watched: 60_000 }
  const prove = (limit: number, least = 0) => proveSlope(slope, { limit, confidence: 0.95, least })

  test.each([
    [14, 'pass', undefined],
    [5, 'fail', undefined],
    // Half an interval of 4 has to become the gap of 1: it takes 4 ** (2 / 3) times as long.
    [11, 'inconclusive', 160_000],
    [9, 'inconclusive', 160_000],
    [10, 'inconclusive', undefined],
  ])('a limit of %i B/s: %s', (limit, status, needs) => {
    const proof = prove(limit)
    expect(proof).toMatchObject({ status, low: 6, high: 14, confidence: 0.95 })
    expect(proof.time?.needs).toBe(needs)
  })

  test('that is beyond its limit for less than the least time is no proof', () => {
    expect(prove(5, 300_000)).toMatchObject({
      status: 'inconclusive',
      time: { needs: 300_000, had: 60_000 },
    })
    expect(prove(5, 60_000)).toMatchObject({ status: 'fail' })
    expect(prove(14, 300_000)).toMatchObject({ status: 'pass' })
  })

  test('of other units has its interval in them', () => {
    expect(proveSlope(slope, { limit: 14, confidence: 0.9, scale: 20 })).toMatchObject({
      low: 120,
      high: 280,
    })
  })
})

describe('what requests leave', () => {
  const points = [0, 9, -8, 4, -6, 7, -3].map((odd, round) => ({
    requests: round * 1_000,
    bytes: round * 262_000 + odd * 1_000,
  }))
  const prove = (limit: number) =>
    proveRetained({ points, requests: 6_000 }, { limit, confidence: 0.95 })

  test.each([
    [300, 'pass'],
    [200, 'fail'],
    [261, 'inconclusive'],
  ])('a limit of %i B: %s', (limit, status) => {
    expect(prove(limit)).toMatchObject({ status, counts: 'requests' })
  })

  test('more requests a round would settle it', () => {
    expect(prove(261)?.needs).toBeGreaterThan(6_000)
    expect(prove(300)?.needs).toBeUndefined()
  })

  test('of one point nothing is known', () => {
    const one = points.slice(0, 1)
    expect(
      proveRetained({ points: one, requests: 0 }, { limit: 1, confidence: 0.95 }),
    ).toBeUndefined()
  })
})
