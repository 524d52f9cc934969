import { expect, test } from 'vitest'
import { judge, type Comparison, type Operator } from '../../src/limits/verdict.ts'

const comparison = (
  operator: Operator,
  limit: number,
  measured: number | undefined,
): Comparison => ({
  subject: 'p95 latency of chat',
  metric: 'p95',
  operator,
  limit,
  measured,
  unit: 'ms',
  samples: 10,
})

test.each<[Operator, number, number | undefined, 'pass' | 'fail', 'pass' | 'fail', string]>([
  ['at most', 300, 299, 'pass', 'fail', 'below its limit'],
  ['at most', 300, 300, 'pass', 'fail', 'on its limit, which is inclusive'],
  ['at most', 300, 301, 'fail', 'pass', 'above its limit'],
  ['at most', 0, 0, 'pass', 'fail', 'no error where none is allowed'],
  ['at least', 1, 1, 'pass', 'fail', 'all succeeded where all must'],
  ['at least', 50, 49.9, 'fail', 'pass', 'too little'],
  ['at most', 300, Infinity, 'fail', 'pass', 'never answered'],
  ['at most', 300, undefined, 'fail', 'fail', 'nothing measured, which never passes'],
  ['at least', 0, undefined, 'fail', 'fail', 'nothing measured and nothing asked'],
  ['at most', 300, NaN, 'fail', 'fail', 'no number'],
])('%s %d, measured %s: %s, negated %s (%s)', (operator, limit, measured, status, negated) => {
  expect(judge(comparison(operator, limit, measured)).status).toBe(status)
  expect(judge(comparison(operator, limit, measured), true).status).toBe(negated)
})

test('a verdict survives JSON: infinitely slow is the word never', () => {
  const verdict = judge(comparison('at most', 300, Infinity))
  expect(JSON.parse(JSON.stringify(verdict))).toEqual(verdict)
  expect(verdict).toMatchInlineSnapshot(`
    {
      "limit": 300,
      "measured": "never",
      "metric": "p95",
      "negated": false,
      "operator": "at most",
      "samples": 10,
      "status": "fail",
      "subject": "p95 latency of chat",
      "unit": "ms",
    }
  `)
})

test('nothing measured is missing, not zero', () => {
  expect(judge(comparison('at most', 300, undefined)).measured).toBeUndefined()
  expect(judge(comparison('at most', 300, NaN)).measured).toBeUndefined()
})
