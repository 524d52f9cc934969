import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { isOf, shareOf, WHOLE } from '../../src/data/share.ts'

describe('of ten things, counted from 0', () => {
  test.each([
    [1, [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]]],
    [
      2,
      [
        [0, 2, 4, 6, 8],
        [1, 3, 5, 7, 9],
      ],
    ],
    [
      4,
      [
        [0, 4, 8],
        [1, 5, 9],
        [2, 6],
        [3, 7],
      ],
    ],
    [12, [[0], [1], [2], [3], [4], [5], [6], [7], [8], [9], [], []]],
  ])('%i generators have', (of, expected) => {
    const shares = Array.from({ length: of }, (_, index) => ({ index, of }))
    const ten = Array.from({ length: 10 }, (_, number) => number)
    const theirs = shares.map((share) => ten.filter((number) => isOf(number, share)))
    expect(theirs).toEqual(expected)
    expect(shares.map((share) => shareOf(10, share))).toEqual(expected.map(({ length }) => length))
  })

  test('one on its own has all, however many there are', () => {
    expect([shareOf(10, WHOLE), shareOf(0, WHOLE), shareOf(Infinity, WHOLE)]).toEqual([
      10,
      0,
      Infinity,
    ])
    expect(shareOf(Infinity, { index: 3, of: 4 })).toBe(Infinity)
  })
})

property.prop([fc.nat({ max: 10_000 }), fc.integer({ min: 1, max: 1_000 })])(
  'all shares together are the whole, and none has two more than another',
  (count, of) => {
    const shares = Array.from({ length: of }, (_, index) => shareOf(count, { index, of }))
    expect(shares.reduce((sum, each) => sum + each, 0)).toBe(count)
    expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1)
  },
)
