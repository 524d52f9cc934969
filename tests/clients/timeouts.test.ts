import { describe, expect, test } from 'vitest'
import { DEFAULT_TIMEOUTS, toTimeouts, type TimeoutOptions } from '../../src/clients/timeouts.ts'
import { UsageError } from '../../src/errors/usage-error.ts'
import type { DurationInput } from '../../src/units/units.ts'

type Input = DurationInput | TimeoutOptions | undefined
type Parts = readonly [connect: number, firstByte: number, total: number]

const partsOf = (input: Input, base = DEFAULT_TIMEOUTS): Parts => {
  const { connect, firstByte, total } = toTimeouts(input, 'timeout', base)
  return [connect, firstByte, total]
}

describe('connect, first byte and total', () => {
  test.each<readonly [string, Input, Parts]>([
    ['are the defaults unless given', undefined, [10_000, 30_000, 60_000]],
    ['are the defaults of an empty object', {}, [10_000, 30_000, 60_000]],
    ['total may stand alone', '2s', [2_000, 2_000, 2_000]],
    ['total in milliseconds', 500, [500, 500, 500]],
    ['a total that is longer than the defaults', '5m', [10_000, 300_000, 300_000]],
    ['total by name is the same', { total: '2s' }, [2_000, 2_000, 2_000]],
    ['each by itself: connect', { connect: '1s' }, [1_000, 30_000, 60_000]],
    ['each by itself: firstByte', { firstByte: '1.5s' }, [10_000, 1_500, 60_000]],
    ['all three', { connect: 1, firstByte: 2, total: 3 }, [1, 2, 3]],
    [
      'no part outlasts the total',
      { connect: '9s', firstByte: '9s', total: '4s' },
      [4e3, 4e3, 4e3],
    ],
    [
      'a first byte longer than the default total, with a longer one',
      { firstByte: '90s', total: '5m' },
      [10_000, 90_000, 300_000],
    ],
  ])('%s: %j', (_what, input, parts) => expect(partsOf(input)).toEqual(parts))
})

describe('of a stream', () => {
  const plugin = toTimeouts({ firstToken: '9s', stall: '2s', stop: '1s' }, 'perf.timeout')

  test.each<readonly [string, Input, readonly [number, number, number, number]]>([
    ['are those laid under', undefined, [9_000, 2_000, 1_000, 60_000]],
    ['stay when the total is raised', '5m', [9_000, 2_000, 1_000, 300_000]],
    ['stay when the total is lower, which ends it first', '1s', [9_000, 2_000, 1_000, 1_000]],
    ['each by itself', { stall: '30s' }, [9_000, 30_000, 1_000, 60_000]],
  ])('first token, stall and stop %s: %j', (_what, input, parts) => {
    const { firstToken, stall, stop, total } = toTimeouts(input, 'timeout', plugin)
    expect([firstToken, stall, stop, total]).toEqual(parts)
  })

  test('have no limit but the total by default', () =>
    expect(DEFAULT_TIMEOUTS).toMatchObject({ firstToken: Infinity, stall: Infinity }))
})

describe('laid over other timeouts, they keep what is not given', () => {
  const base = toTimeouts({ connect: '1s', firstByte: '2s', total: '8s' }, 'perf.timeout')

  test.each<readonly [Input, Parts]>([
    [undefined, [1_000, 2_000, 8_000]],
    [{ firstByte: '3s' }, [1_000, 3_000, 8_000]],
    [{ connect: 5 }, [5, 2_000, 8_000]],
    ['500ms', [500, 500, 500]],
    ['5s', [1_000, 5_000, 5_000]],
    [{ total: '20s' }, [1_000, 20_000, 20_000]],
  ])('%j', (input, parts) => expect(partsOf(input, base)).toEqual(parts))

  test('the very same when nothing is given', () =>
    expect(toTimeouts(undefined, 'timeout', base)).toBe(base))
})

test.each<readonly [Input, number]>([
  [undefined, 10_000],
  ['5m', 10_000],
  [{ firstByte: '1s' }, 1_000],
  [{ connect: '20ms', total: '10ms' }, 10],
])('of %j the least is %d', (input, least) =>
  expect(toTimeouts(input, 'timeout').least).toBe(least),
)

describe('refused are', () => {
  test.each<readonly [unknown, string]>([
    [
      '5',
      `timeout must be milliseconds or a string like '250ms', '1.5s', '2m', got "5". Write the unit: '5ms', '5s', '5m', '5h'`,
    ],
    [-1, `timeout must be milliseconds or a string like '250ms', '1.5s', '2m', got -1`],
    [
      { connect: '1 year' },
      `timeout.connect must be milliseconds or a string like '250ms', '1.5s', '2m', got "1 year"`,
    ],
    [
      { firstBite: 5 },
      'timeout.firstBite is not a timeout; known: "connect", "firstByte", "firstToken", "stall", "stop", "total"; did you mean "firstByte"?',
    ],
    [
      { least: 5 },
      'timeout.least is not a timeout; known: "connect", "firstByte", "firstToken", "stall", "stop", "total"',
    ],
    [
      { toString: 5 },
      'timeout.toString is not a timeout; known: "connect", "firstByte", "firstToken", "stall", "stop", "total"',
    ],
    [
      { firstByte: '90s' },
      'timeout.firstByte is 90 s, but an operation may take no more than 60 s in all: give a longer total beside it, { firstByte: …, total: … }',
    ],
    [
      { stall: '2m' },
      'timeout.stall is 2m, but an operation may take no more than 60 s in all: give a longer total beside it, { stall: …, total: … }',
    ],
    [null, `timeout must be milliseconds or a string like '250ms', '1.5s', '2m', got null`],
  ])('%j', (input, message) => {
    const make = (): unknown => toTimeouts(input as Input, 'timeout')
    expect(make).toThrow(UsageError)
    expect(make).toThrow(message)
  })
})
