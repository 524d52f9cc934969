import { expect, test } from 'vitest'
import { bandOf, matchesName } from '../../src/limits/check.ts'
import { parseLimits } from '../../src/limits/parse-limits.ts'

test.each([
  ['checkout', 'checkout', true],
  ['checkout', 'checkout 2', false],
  ['GET /orders*', 'GET /orders/{}', true],
  ['GET /orders*', 'GET /orders', true],
  ['GET *', 'POST /orders', false],
  ['* /orders/*', 'GET /orders/{}', true],
  ['*', 'anything', true],
  ['a*a', 'a', false],
  ['a*b*c', 'a-c-b', false],
  ['GET /a.b*', 'GET /axb', false],
])('%s and %s: %s', (pattern, name, matches) => expect(matchesName(pattern, name)).toBe(matches))

test.each([
  [80, 'excellent'],
  [100, 'excellent'],
  [101, 'good'],
  [900, 'acceptable'],
  [1_500, undefined],
  [2_500, 'warning'],
])('%d ms is %s: up to the figure of a praise, beyond that of a warning', (measured, band) => {
  const bands = { excellent: 100, good: 300, acceptable: 1_000, warning: 2_000, critical: 3_000 }
  const [check] = parseLimits({ p95: bands }, 'limits')
  if (check === undefined) throw new Error('no check')
  expect(bandOf(check, measured)).toBe(band)
})

test.each([
  [60, 'good'],
  [40, undefined],
  [15, 'warning'],
])('at least: %d/s is %s', (measured, band) => {
  const [check] = parseLimits({ throughput: { good: 50, warning: 20, critical: 10 } }, 'limits')
  if (check === undefined) throw new Error('no check')
  expect(bandOf(check, measured)).toBe(band)
})
