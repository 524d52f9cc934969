import { expect, test } from 'vitest'
import { blockOrder } from '../../src/load/ab-order.ts'

const letters = (pairs: number, seed: number): string =>
  blockOrder(pairs, seed)
    .map((side) => (side === 'base' ? 'A' : 'B'))
    .join('')

test('pairs come by twos, the second the other way round', () => {
  expect(letters(7, 1)).toMatch(/^(?:ABBA|BAAB){3}(?:AB|BA)$/)
})

test('the seed tosses which way round, the same each time', () => {
  expect(letters(20, 5)).toBe(letters(20, 5))
  const all = Array.from({ length: 40 }, (_, seed) => letters(2, seed))
  expect(new Set(all)).toEqual(new Set(['ABBA', 'BAAB']))
})

test.each([4, 12, 30])('a course that is even weighs on both sides alike: %i pairs', (pairs) => {
  const order = blockOrder(pairs, 3)
  const sum = (side: 'base' | 'head'): number =>
    order.reduce((all, each, at) => all + (each === side ? at : 0), 0)
  expect(sum('base')).toBe(sum('head'))
})
