import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { UsageError } from '../../src/errors/usage-error.ts'
import { toBytes, toCount, toMs, toPerSecond, toRatio } from '../../src/units/parse.ts'

describe('durations become milliseconds', () => {
  test.each([
    ['300ms', 300],
    ['5s', 5_000],
    ['1.5m', 90_000],
    ['2min', 120_000],
    ['2h', 7_200_000],
    ['.5s', 500],
    [' 5 s ', 5_000],
    ['0s', 0],
    ['16.1s', 16_100],
    ['0.1m', 6_000],
    [250, 250],
    [0, 0],
    [0.4, 0.4],
  ])('%j is %d', (input, ms) => expect(toMs(input, 'duration')).toBe(ms))
})

describe('sizes become bytes: MB is decimal, MiB is binary', () => {
  test.each([
    ['512B', 512],
    ['1kB', 1_000],
    ['1KB', 1_000],
    ['100MB', 100_000_000],
    ['4.35MB', 4_350_000],
    ['2GB', 2_000_000_000],
    ['64KiB', 65_536],
    ['1.5MiB', 1_572_864],
    ['1GiB', 1_073_741_824],
    ['9007199254740991B', Number.MAX_SAFE_INTEGER],
    [64, 64],
  ])('%j is %d', (input, bytes) => expect(toBytes(input, 'limit')).toBe(bytes))
})

describe('rates become events per second', () => {
  test.each([
    ['50/s', 50],
    ['0.5/s', 0.5],
    ['120/min', 2],
    ['100/m', 100 / 60],
    ['10/h', 10 / 3_600],
    [12.5, 12.5],
  ])('%j is %d', (input, rate) => expect(toPerSecond(input, 'rate')).toBe(rate))
})

describe('ratios become a number from 0 to 1, without binary dust', () => {
  test.each([
    ['95%', 0.95],
    ['99.9%', 0.999],
    ['7%', 0.07],
    ['0.1%', 0.001],
    ['100%', 1],
    ['0%', 0],
    [0.29, 0.29],
    [1, 1],
  ])('%j is %d', (input, ratio) => expect(toRatio(input, 'errorRate')).toBe(ratio))
})

property.prop([fc.integer({ min: 0, max: 10 ** 9 }), fc.nat(3)])(
  'moving the decimal point is exact: n thousandths of a second are n milliseconds',
  (thousandths, zeros) => {
    const text = `${(thousandths / 1_000).toFixed(3)}${'0'.repeat(zeros)}`
    expect(toMs(`${text}s`, 'duration')).toBe(thousandths)
  },
)

property.prop([fc.string()])('a string is a duration or a UsageError, nothing else', (text) => {
  try {
    expect(toMs(text, 'duration')).toBeGreaterThanOrEqual(0)
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError)
  }
})

describe('what is no duration is refused with what to write instead', () => {
  test.each(['5 sec', '1.5.2s', '1e3s', 's', '', ' ', 'toString', Number.NaN, Infinity])(
    '%j',
    (input) => expect(() => toMs(input, 'load.duration')).toThrow(UsageError),
  )
  test.each([null, true, undefined, {}, [5], 5n, Symbol('5s')])('%o', (input) =>
    expect(() => toMs(input, 'load.duration')).toThrow(UsageError),
  )

  test('a unit that does not exist', () => {
    expect(refusal(() => toMs('5 sec', 'load.duration'))).toMatchInlineSnapshot(
      `"load.duration must be milliseconds or a string like '250ms', '1.5s', '2m', got "5 sec""`,
    )
  })

  test('no unit: "15" could be anything', () => {
    expect(refusal(() => toMs('15', 'load.duration'))).toMatchInlineSnapshot(
      `"load.duration must be milliseconds or a string like '250ms', '1.5s', '2m', got "15". Write the unit: '15ms', '15s', '15m', '15h'"`,
    )
  })

  test('nothing, two points, not a number, null, true', () => {
    const inputs = ['', '1.5.2s', Number.NaN, null, true]
    expect(inputs.map((input) => refusal(() => toMs(input, 'pause')))).toMatchInlineSnapshot(`
      [
        "pause must be milliseconds or a string like '250ms', '1.5s', '2m', got """,
        "pause must be milliseconds or a string like '250ms', '1.5s', '2m', got "1.5.2s"",
        "pause must be milliseconds or a string like '250ms', '1.5s', '2m', got NaN",
        "pause must be milliseconds or a string like '250ms', '1.5s', '2m', got null",
        "pause must be milliseconds or a string like '250ms', '1.5s', '2m', got true",
      ]
    `)
  })

  test('less than nothing', () => {
    expect(refusal(() => toMs(-5, 'pause'))).toMatchInlineSnapshot(
      `"pause must be milliseconds or a string like '250ms', '1.5s', '2m', got -5. It cannot be negative"`,
    )
    expect(refusal(() => toMs('-5s', 'pause'))).toMatchInlineSnapshot(
      `"pause must be milliseconds or a string like '250ms', '1.5s', '2m', got "-5s". It cannot be negative"`,
    )
  })

  test('a letter in the wrong case: Mb would be megabits', () => {
    expect(refusal(() => toBytes('100Mb', 'limit'))).toMatchInlineSnapshot(
      `"limit must be bytes or a string like '64KiB', '100MB', got "100Mb". Write '100MB'"`,
    )
    expect(refusal(() => toMs('5S', 'pause'))).toMatchInlineSnapshot(
      `"pause must be milliseconds or a string like '250ms', '1.5s', '2m', got "5S". Write '5s'"`,
    )
  })

  test('a size or a rate without its unit', () => {
    expect(refusal(() => toBytes('100', 'limit'))).toMatchInlineSnapshot(
      `"limit must be bytes or a string like '64KiB', '100MB', got "100". Write the unit: '100B', '100kB', '100MB', '100GB'"`,
    )
    expect(refusal(() => toPerSecond('50', 'rate'))).toMatchInlineSnapshot(
      `"rate must be a number per second or a string like '50/s', '120/min', got "50". Write the unit: '50/s', '50/min', '50/h'"`,
    )
  })

  test('a bare 5 is never 5 %', () => {
    expect(refusal(() => toRatio(5, 'errorRate'))).toMatchInlineSnapshot(
      `"errorRate must be a ratio from 0 to 1 or a string like '95%', got 5. Write '5%'"`,
    )
    expect(refusal(() => toRatio('101%', 'errorRate'))).toMatchInlineSnapshot(
      `"errorRate must be a ratio from 0 to 1 or a string like '95%', got "101%""`,
    )
    expect(refusal(() => toRatio('95', 'errorRate'))).toMatchInlineSnapshot(
      `"errorRate must be a ratio from 0 to 1 or a string like '95%', got "95". Write the unit: '95%'"`,
    )
  })
})

describe('counts are whole', () => {
  test('from one on, unless the caller says from where', () => {
    expect(toCount(1, 'users')).toBe(1)
    expect(toCount(0, 'retries', 0)).toBe(0)
  })

  test.each([0, -1, 1.5, Number.NaN, Infinity, '5', null, 2 ** 60])('%j is refused', (input) =>
    expect(() => toCount(input, 'users')).toThrow(UsageError),
  )

  test('the message names the least', () => {
    expect(refusal(() => toCount(0, 'load.users'))).toMatchInlineSnapshot(
      `"load.users must be a whole number of at least 1, got 0"`,
    )
  })
})

function refusal(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    if (error instanceof UsageError) return error.message
    throw error
  }
  throw new Error('was accepted')
}
