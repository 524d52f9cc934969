import { expect, test } from 'vitest'
import { seededRandom, seedOf } from '../../src/stats/random.ts'

test('the same seed gives the same numbers, another seed others', () => {
  const draw = (seed: number): number[] => Array.from({ length: 5 }, seededRandom(seed))
  expect(draw(7)).toEqual(draw(7))
  expect(draw(7)).not.toEqual(draw(8))
})

test('100,000 draws lie evenly in [0, 1)', () => {
  const random = seededRandom(1)
  const buckets = Array.from({ length: 10 }, () => 0)
  for (let draw = 0; draw < 100_000; draw++) {
    const bucket = Math.floor(random() * 10)
    buckets[bucket] = (buckets[bucket] ?? 0) + 1
  }
  for (const count of buckets) expect(Math.abs(count - 10_000)).toBeLessThan(400)
})

test('int includes both ends, pick gives every element', () => {
  const random = seededRandom(3)
  const ints = new Set(Array.from({ length: 500 }, () => random.int(1, 6)))
  expect([...ints].toSorted((left, right) => left - right)).toEqual([1, 2, 3, 4, 5, 6])
  const picks = new Set(Array.from({ length: 200 }, () => random.pick(['a', 'b'])))
  expect(picks).toEqual(new Set(['a', 'b']))
})

test('neighbouring users draw unlike numbers', () => {
  const first = Array.from({ length: 1_000 }, (_, user) => seededRandom(seedOf(1, user))())
  expect(new Set(first).size).toBe(1_000)
  expect(first.reduce((sum, each) => sum + each, 0) / 1_000).toBeCloseTo(0.5, 1)
})
