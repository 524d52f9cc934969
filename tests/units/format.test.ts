import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import {
  formatBytes,
  formatMs,
  formatNumber,
  formatRate,
  formatRatio,
} from '../../src/units/format.ts'
import { toBytes, toMs, toPerSecond, toRatio } from '../../src/units/parse.ts'

describe('numbers have three significant digits', () => {
  test.each([
    [0, '0'],
    [0.1234, '0.123'],
    [1.5, '1.5'],
    [12.34, '12.3'],
    [99.94, '99.9'],
    [99.96, '100'],
    [1_234.5, '1,235'],
    [1_000_000, '1,000,000'],
    [-12.34, '-12.3'],
    [Infinity, '∞'],
    [-Infinity, '-∞'],
  ])('%d is %s', (value, text) => expect(formatNumber(value)).toBe(text))
})

describe('durations change their unit where the next one reads better', () => {
  test.each([
    [0, '0 ms'],
    [0.4213, '0.421 ms'],
    [318.4, '318 ms'],
    [999.4, '999 ms'],
    [999.5, '1 s'],
    [4_200, '4.2 s'],
    [59_999, '60 s'],
    [119_499, '119 s'],
    [119_500, '2m'],
    [150_000, '2m 30s'],
    [3_599_499, '59m 59s'],
    [3_599_500, '1h'],
    [3_900_000, '1h 5m'],
    [7_199_999, '2h'],
    [-4_200, '-4.2 s'],
    [Infinity, '∞'],
    [Number.NaN, 'NaN ms'],
  ])('%d ms is %s', (ms, text) => expect(formatMs(ms)).toBe(text))
})

describe('sizes are decimal', () => {
  test.each([
    [512, '512 B'],
    [999.6, '1 kB'],
    [64_512, '64.5 kB'],
    [999_499, '999 kB'],
    [999_500, '1 MB'],
    [1_234_567, '1.23 MB'],
    [1_500_000_000, '1.5 GB'],
    [2e12, '2,000 GB'],
    [-3_000_000, '-3 MB'],
  ])('%d bytes are %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text))
})

test('rates are per second', () => {
  expect([212.4, 0.5, 1_234].map(formatRate)).toEqual(['212/s', '0.5/s', '1,234/s'])
})

describe('ratios are cut, never rounded up', () => {
  test.each([
    [1, '100 %'],
    [0.99999, '99.99 %'],
    [1 - Number.EPSILON, '99.99 %'],
    [0.9932, '99.32 %'],
    [0.95, '95 %'],
    [0.5019, '50.1 %'],
    [0.29, '29 %'],
    [0.07, '7 %'],
    [0.0104, '1.04 %'],
    [0.00999, '0.99 %'],
    [0.0001, '0.01 %'],
    [0.000_099, '<0.01 %'],
    [0, '0 %'],
    [1.5, '150 %'],
    [-0.0504, '-5.04 %'],
  ])('%d is %s', (ratio, text) => expect(formatRatio(ratio)).toBe(text))

  property.prop([fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })])(
    'less than one is less than 100 %',
    (ratio) => {
      expect(formatRatio(ratio)).not.toBe('100 %')
    },
  )

  property.prop([fc.double({ min: 0.0001, max: 1, noNaN: true })])(
    'what is shown is at most 0.1 points below what is',
    (ratio) => {
      const shown = toRatio(formatRatio(ratio), 'shown')
      expect(shown).toBeLessThanOrEqual(ratio + 1e-12)
      expect(ratio - shown).toBeLessThan(0.001 + 1e-12)
    },
  )
})

describe('what is shown can be read again, within half of its third digit', () => {
  property.prop([fc.double({ min: 0.001, max: 119_499, noNaN: true })])('durations', (ms) => {
    expectNear(toMs(formatMs(ms), 'shown'), ms)
  })
  property.prop([fc.double({ min: 0.001, max: 9.99e11, noNaN: true })])('sizes', (bytes) => {
    expectNear(toBytes(formatBytes(bytes), 'shown'), bytes)
  })
  property.prop([fc.double({ min: 0.001, max: 999, noNaN: true })])('rates', (rate) => {
    expectNear(toPerSecond(formatRate(rate), 'shown'), rate)
  })

  function expectNear(again: number, value: number): void {
    expect(Math.abs(again - value)).toBeLessThanOrEqual(value * 0.005_01)
  }
})
