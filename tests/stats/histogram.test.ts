import { fc, test as property } from '@fast-check/vitest'
import { build } from 'hdr-histogram-js'
import { describe, expect, test } from 'vitest'
import {
  countAbove,
  EMPTY_HISTOGRAM,
  Histogram,
  mergeHistograms,
  quantile,
  type HistogramData,
} from '../../src/stats/histogram.ts'

const of = (values: readonly number[]): HistogramData => {
  const histogram = new Histogram()
  for (const value of values) histogram.record(value)
  return histogram.data()
}
const latency = fc.double({ min: 0.001, max: 3_600_000, noNaN: true })
const latencies = fc.array(latency, { minLength: 1, maxLength: 500 })
const exactQuantile = (values: readonly number[], percentile: number): number =>
  values.toSorted((a, b) => a - b)[
    Math.max(0, Math.ceil(Number(((percentile / 100) * values.length).toPrecision(12))) - 1)
  ] as number

describe('quantile', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => index + 1)
  test.each([
    [50, 50, 'the 50th of 1 … 100'],
    [95, 95, 'the 95th'],
    [99, 99, 'the 99th'],
    [99.9, 100, 'rank 99.9 is rounded up to the last'],
    [100, 100, 'the greatest'],
    [0, 1, 'the least'],
  ])('p%d of 1 … 100 is %d: %s', (percentile, expected) => {
    const measured = quantile(of(hundred), percentile) as number
    expect(Math.abs(measured - expected) / expected).toBeLessThanOrEqual(0.001)
  })

  test('nothing has no quantile: undefined, not 0', () => {
    expect(quantile(EMPTY_HISTOGRAM, 95)).toBeUndefined()
  })

  test.each([
    [94, 95, false, 'five of a hundred never answered: the 94th did'],
    [95, 95, false, 'and so did the 95th'],
    [96, 95, true, 'the 96th is one that never answered'],
  ])('p%d with %d answered of 100 is infinite: %s', (percentile, answered, infinite) => {
    const value = quantile(of(hundred.slice(0, answered)), percentile, 100 - answered)
    expect(value === Infinity).toBe(infinite)
  })

  property.prop([latencies, fc.constantFrom(50, 75, 90, 95, 99, 99.9)])(
    'is within 0.1 % of the exact quantile',
    (values, percentile) => {
      const exact = exactQuantile(values, percentile)
      const measured = quantile(of(values), percentile) as number
      expect(Math.abs(measured - exact)).toBeLessThanOrEqual(Math.max(exact * 0.001, 0.0005))
    },
  )

  property.prop([latencies, fc.constantFrom(50, 90, 95, 99)])(
    'agrees with hdr-histogram-js to three figures',
    (values, percentile) => {
      const hdr = build({ highestTrackableValue: 3_600_000_000, numberOfSignificantValueDigits: 3 })
      for (const value of values) hdr.recordValue(Math.round(value * 1_000))
      const theirs = hdr.getValueAtPercentile(percentile) / 1_000
      const ours = quantile(of(values), percentile) as number
      expect(Math.abs(ours - theirs)).toBeLessThanOrEqual(Math.max(theirs * 0.002, 0.001))
    },
  )
})

describe('merge', () => {
  property.prop([latencies, latencies])('is the histogram of both', (left, right) => {
    const merged = mergeHistograms([of(left), of(right)])
    const both = of([...left, ...right])
    expect(merged.buckets).toEqual(both.buckets)
    expect([merged.count, merged.min, merged.max]).toEqual([both.count, both.min, both.max])
    expect(merged.sum).toBeCloseTo(both.sum, 3)
  })

  property.prop([latencies, latencies, latencies])('is associative and commutative', (a, b, c) => {
    const [x, y, z] = [of(a), of(b), of(c)]
    const leftFirst = mergeHistograms([mergeHistograms([x, y]), z])
    const rightFirst = mergeHistograms([mergeHistograms([z, y]), x])
    expect(leftFirst.buckets).toEqual(rightFirst.buckets)
    expect(leftFirst.count).toBe(rightFirst.count)
  })

  property.prop([latencies])('survives JSON', (values) => {
    const data = of(values)
    expect(mergeHistograms([JSON.parse(JSON.stringify(data)), EMPTY_HISTOGRAM])).toEqual(data)
  })
})

describe('remove', () => {
  property.prop([latencies, latency])('takes back what record added', (values, extra) => {
    const histogram = new Histogram()
    for (const value of [...values, extra]) histogram.record(value)
    histogram.remove(extra)
    expect(histogram.data().buckets).toEqual(of(values).buckets)
    expect(histogram.count).toBe(values.length)
  })
})

test.each([
  [0, 100, 'all are above nothing'],
  [50, 50, 'half'],
  [100, 0, 'none is above the greatest'],
  [99, 1, 'one'],
])('above %d lie %d of 1 … 100: %s', (limit, expected) => {
  const data = of(Array.from({ length: 100 }, (_, index) => index + 1))
  expect(countAbove(data, limit)).toBe(expected)
})

test.each([0, -5, 1e-9, 1e15, Number.MAX_VALUE])('%d is kept: count, minimum, maximum', (value) => {
  const data = of([value])
  expect(data).toMatchObject({ count: 1, min: value, max: value })
  expect(quantile(data, 95)).toBe(value)
})

test('a million values take no more room than a thousand of the same spread', () => {
  const spread = (count: number): HistogramData =>
    of(Array.from({ length: count }, (_, index) => 10 + (index % 1_000) / 10))
  expect(spread(1_000_000).buckets.length).toBe(spread(1_000).buckets.length)
})
