import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { assignKinds, toWeight, weightedPick, type Quota } from '../../src/load/weights.ts'
import { seededRandom } from '../../src/stats/random.ts'

const quota = (weight: number, fixedCount?: number): Quota => ({ weight, fixedCount })
const counts = (kinds: readonly number[], of: number): readonly number[] =>
  Array.from({ length: of }, (_, kind) => kinds.filter((each) => each === kind).length)

describe('the kinds of users of a load', () => {
  test.each([
    [[3, 2, 1], 6, [0, 1, 0, 2, 1, 0], 'spread evenly, so that each stretch has the proportions'],
    [[1, 1], 5, [0, 1, 0, 1, 0], 'equal weights take turns'],
    [[1], 3, [0, 0, 0], 'one kind'],
    [[9, 1], 10, [0, 0, 0, 0, 0, 1, 0, 0, 0, 0], 'a rare one comes in the middle'],
  ])('of weights %j, %d users: %j, %s', (weights, users, kinds) => {
    expect(
      assignKinds(
        weights.map((weight) => quota(weight)),
        users,
      ),
    ).toEqual(kinds)
  })

  test('fixed ones come first, the others share what is left', () => {
    expect(assignKinds([quota(1), quota(1, 2), quota(3)], 10)).toEqual([
      1, 1, 2, 0, 2, 2, 2, 0, 2, 2,
    ])
    expect(assignKinds([quota(1), quota(1, 5)], 3)).toEqual([1, 1, 1])
  })

  property.prop([
    fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 6 }),
    fc.integer({ min: 1, max: 300 }),
  ])('no kind is ever further than one user from its share', (weights, users) => {
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    const found = counts(
      assignKinds(
        weights.map((weight) => quota(weight)),
        users,
      ),
      weights.length,
    )
    found.forEach((count, kind) => {
      expect(Math.abs(count - (users * (weights[kind] ?? 0)) / total)).toBeLessThanOrEqual(1)
    })
  })
})

describe('picks by weight', () => {
  const among = [
    { weight: 3, value: 'chat' },
    { weight: 2, value: 'stream' },
    { weight: 1, value: 'stop' },
  ]
  const draw = (seed: number, times: number): readonly string[] => {
    const [pick, random] = [weightedPick(among), seededRandom(seed)]
    return Array.from({ length: times }, () => pick(random))
  }

  test('over 100,000 the shares are within 1 % of the weights', () => {
    const picks = draw(7, 100_000)
    for (const { weight, value } of among) {
      const share = picks.filter((each) => each === value).length / picks.length
      expect(Math.abs(share - weight / 6)).toBeLessThan(0.01)
    }
  })

  test('one seed gives one sequence', () => {
    expect(draw(7, 100)).toEqual(draw(7, 100))
    expect(draw(7, 100)).not.toEqual(draw(8, 100))
  })
})

test.each([
  [undefined, 1],
  [0.5, 0.5],
  [3, 3],
])('the weight %s is %d', (input, weight) => expect(toWeight(input, 'w')).toBe(weight))

test.each([0, -1, Number.NaN, Infinity, '3'])('%s is no weight', (input) => {
  expect(() => toWeight(input, 'tasks.chat.weight')).toThrow('must be a number above 0')
})
