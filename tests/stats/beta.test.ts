import { expect, test } from 'vitest'
import { betaQuantile, logGamma, regularizedBeta } from '../../src/stats/beta.ts'

// Figures of scipy.special.betainc (SciPy 1.17).
test.each([
  [0.4, 2, 3, 0.5248],
  [0.3, 0.5, 0.5, 0.36901011956554536],
  [0.05, 10, 200, 0.6013895619129598],
  [0.2, 1, 1, 0.2],
  [0.05, 50, 950, 0.5173695437269733],
  [0.8, 9.5, 0.5, 0.04208628671050175],
  [0.0505, 5_000, 95_000, 0.7665543613336525],
  [0.05001, 5e5, 9.5e6, 0.5578503747716688],
])('I(%d; %d, %d) is %d', (x, a, b, expected) => {
  expect(regularizedBeta(x, a, b)).toBeCloseTo(expected, a > 1e5 ? 8 : 10)
  expect(betaQuantile(expected, a, b)).toBeCloseTo(x, 10)
})

test('outside 0 and 1 there is nothing, and everything', () => {
  expect([regularizedBeta(-1, 2, 3), regularizedBeta(0, 2, 3)]).toEqual([0, 0])
  expect([regularizedBeta(1, 2, 3), regularizedBeta(2, 2, 3)]).toEqual([1, 1])
})

test('the gamma function of whole numbers is the factorial, of a half the root of pi', () => {
  expect(Math.exp(logGamma(1))).toBeCloseTo(1, 12)
  expect(Math.exp(logGamma(11))).toBeCloseTo(3_628_800, 5)
  expect(Math.exp(logGamma(0.5)) ** 2).toBeCloseTo(Math.PI, 12)
  expect(logGamma(0.25)).toBeCloseTo(1.2880225246980774, 12)
})
