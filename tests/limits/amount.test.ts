import { expect, test } from 'vitest'
import { amount } from '../../src/limits/amount.ts'

test.each([
  ['ms', 1_500, '1.5 s'],
  ['bytes', 84_000_000, '84 MB'],
  ['/s', 12.5, '12.5/s'],
  ['ratio', 0.992, '99.2 %'],
  ['cores', 1, '1 core'],
  ['cores', 0.5, '0.5 cores'],
] as const)('%s: %d is %s', (unit, value, text) => expect(amount(unit, value)).toBe(text))
