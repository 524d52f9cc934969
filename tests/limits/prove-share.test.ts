import { expect, test } from 'vitest'
import { proveErrorRate } from '../../src/limits/prove-share.ts'
import { seconds, windowsOf } from './windows.ts'

const errors = (each: { quick: number; failed?: number }, allowed: number) =>
  proveErrorRate(windowsOf(seconds(20, each)), { allowed, confidence: 0.95 })

test.each([
  [{ quick: 50 }, 0.01, 'pass', 'none of 1,000'],
  [{ quick: 49 }, 0.01, 'inconclusive', 'none of 980: ten might not even be due'],
  [{ quick: 95, failed: 5 }, 0.01, 'fail', '5 % where 1 % is allowed'],
  [{ quick: 98, failed: 2 }, 0.02, 'inconclusive', 'on the limit'],
] as const)('%o at most %d: %s (%s)', (each, allowed, status, _why) => {
  expect(errors(each, allowed)?.status).toBe(status)
})

test('the bounds are those of Clopper and Pearson', () => {
  // 60 of 2,000: scipy.stats.beta.ppf.
  const { low = 0, high = 0 } = errors({ quick: 97, failed: 3 }, 0.05) ?? {}
  expect(low).toBeCloseTo(0.02399349, 6)
  expect(Number(high)).toBeCloseTo(0.03706036, 6)
})

test('that none may fail, or all, is a fact of the run', () => {
  expect(errors({ quick: 50 }, 0)).toBeUndefined()
  expect(errors({ quick: 50 }, 1)).toBeUndefined()
})
