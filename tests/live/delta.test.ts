import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { applyDelta, deltaOf } from '../../src/live/delta.ts'

describe('the change from one page to the next', () => {
  test.each([
    ['nothing', { a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }, undefined],
    ['a figure', { a: 1, b: 2 }, { a: 1, b: 3 }, [1, { b: [0, 3] }, []]],
    ['a name that is gone', { a: 1, b: 2 }, { a: 1 }, [1, {}, ['b']]],
    ['a name of every object', { constructor: 1 }, {}, [1, {}, ['constructor']]],
    ['a new name', { a: 1 }, { a: 1, b: [] }, [1, { b: [0, []] }, []]],
    ['a line at the end', ['x', 'y'], ['x', 'y', 'z'], [2, 2, {}, ['z']]],
    ['a list that is cut', [1, 2, 3], [1], [2, 1, {}, []]],
    [
      'within a list',
      [{ a: 1 }, { a: 2 }],
      [{ a: 1 }, { a: 5 }],
      [2, 2, { 1: [1, { a: [0, 5] }, []] }, []],
    ],
    ['figures that all changed', [1, 2, 3], [4, 5, 6], [0, [4, 5, 6]]],
    ['another kind of value', { a: null }, { a: { b: 1 } }, [1, { a: [0, { b: 1 }] }, []]],
  ])('%s', (_, before, now, delta) => {
    expect(deltaOf(before, now)).toEqual(delta)
  })

  property.prop([fc.jsonValue(), fc.jsonValue()])(
    'makes the second of the first',
    (before, now) => {
      const delta = deltaOf(before, now)
      // It travels as JSON.
      const sent: unknown = delta === undefined ? undefined : JSON.parse(JSON.stringify(delta))
      const got = delta === undefined ? before : applyDelta(before, sent as typeof delta)
      expect(JSON.stringify(got, sorted)).toBe(JSON.stringify(now, sorted))
    },
  )

  test('what did not change is the very same object', () => {
    const before = { still: { a: 1 }, moves: { b: 1 } }
    const delta = deltaOf(before, { still: { a: 1 }, moves: { b: 2 } })
    const now = applyDelta(before, delta ?? [0, undefined]) as typeof before
    expect(now.still).toBe(before.still)
    expect(now.moves).toEqual({ b: 2 })
  })
})

/** Names in one order. */
const sorted = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value
