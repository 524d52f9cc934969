import { expect, test } from 'vitest'
import { studentQuantile } from '../../src/stats/student.ts'

// The published table (as in Abramowitz & Stegun, 26.10), with more digits by scipy.stats.t.ppf.
test.each([
  [0.95, 1, 6.313751514675037],
  [0.975, 2, 4.302652729749462],
  [0.95, 4, 2.1318467863266495],
  [0.95, 19, 1.7291328115213682],
  [0.975, 19, 2.0930240544083087],
  [0.995, 19, 2.8609346064649794],
  [0.975, 9, 2.262157162798205],
  [0.95, 5.5, 1.9752797040389098],
  [0.975, 1_000, 1.9623390808264083],
  [0.99, 30, 2.457261542400591],
])('t at %d with %d degrees of freedom is %d', (p, freedom, expected) => {
  expect(studentQuantile(p, freedom)).toBeCloseTo(expected, 8)
  expect(studentQuantile(1 - p, freedom)).toBeCloseTo(-expected, 8)
})

test('with ever more degrees of freedom it is the normal distribution', () => {
  expect(studentQuantile(0.975, Infinity)).toBeCloseTo(1.959964, 4)
  expect(studentQuantile(0.5, 7)).toBe(0)
})
