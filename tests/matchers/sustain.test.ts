import { describe, expect, test } from 'vitest'
import type { Capacity } from '../../src/load/capacity.ts'
import { perfMatchers } from '../../src/matchers.ts'
import { verdictsOf } from '../../src/matchers/verdict-log.ts'
import { capacityOf } from '../support/ab-runs.ts'
import { messageOf } from '../support/message-of.ts'

expect.extend(perfMatchers)

const failing = (capacity: Capacity, load: never): string =>
  messageOf(() => expect(capacity as unknown).toSustain(load))

test('the lower end of the interval counts', ({ task }) => {
  expect(capacityOf()).toSustain('99/s')
  expect(capacityOf()).toSustain('5940/min')
  expect(verdictsOf(task)[0]).toMatchObject({
    subject: 'sustained rate',
    metric: 'capacity',
    operator: 'at least',
    unit: '/s',
    limit: 99,
    measured: 99.31,
    status: 'pass',
    samples: 14,
    proof: { status: 'pass', low: 99.31, high: 103.7, confidence: 0.96875 },
  })
})

test('a load above is missed, with what was missed there', () => {
  expect(failing(capacityOf(), '150/s' as never)).toMatchInlineSnapshot(`
    "expect(capacity).toSustain('150/s')

    sustained rate: 99.3/s [99.3, 104], 33.8 % under the limit of 150/s
      99.3/s met all limits in 5 of 5 runs (sure to 96.8 %)
      104/s missed: p95 latency of chat 412 ms, limit 300 ms"
  `)
})

test('one within the interval is not known to be sustained', ({ task }) => {
  expect(failing(capacityOf(), '101/s' as never)).toContain('sustained rate: 99.3/s')
  expect(verdictsOf(task)[0]?.note).toBe(
    'the capacity lies between 99.3/s and 104/s: it is not known whether this is sustained',
  )
})

test.each([
  ['to', 'search further, to a higher load'],
  ['generator', 'the service may sustain more'],
  ['unsettled', 'give them more time with step'],
  ['interrupted', 'the search was interrupted'],
] as const)('it says how the search ended: %s', (ending, expected) => {
  const found = capacityOf({ ending, upper: undefined, value: undefined })
  expect(failing(found, '400/s' as never)).toContain(expected)
})

describe('mistakes', () => {
  const users: Capacity = { ...capacityOf(), of: 'users' }
  test.each([
    ['a rate of users', () => failing(users, '400/s' as never)],
    ['half a user', () => failing(users, 4.5 as never)],
    ['a rate without its unit', () => failing(capacityOf(), '400' as never)],
    ['.not', () => messageOf(() => expect(capacityOf()).not.toSustain('400/s'))],
    ['a number', () => messageOf(() => expect(400 as unknown).toSustain('400/s'))],
    [
      'nothing found',
      () => failing(capacityOf({ trials: [], ending: 'interrupted', lower: 0 }), '1/s' as never),
    ],
  ])('%s', (_, act) => expect(act()).toMatchSnapshot())
})
