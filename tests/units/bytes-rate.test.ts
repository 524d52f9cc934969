import { expect, test } from 'vitest'
import { toBytesPerSecond } from '../../src/units/bytes-rate.ts'

test.each([
  ['1MB/s', 1_000_000],
  ['6MB/min', 100_000],
  ['3.6MB/h', 1_000],
  ['1KiB / s', 1_024],
  [500, 500],
  [0, 0],
])('%j is %i bytes per second', (input, expected) =>
  expect(toBytesPerSecond(input, 'limit')).toBe(expected),
)

test.each([['1MB'], ['1/min'], ['MB/min'], ['1MB/day'], ['1MB/min/s'], [-1], [undefined], ['']])(
  '%j is none',
  (input) =>
    expect(() => toBytesPerSecond(input, 'limit')).toThrow(
      "limit must be bytes per second or a string like '1MB/min', '64KiB/s'",
    ),
)
