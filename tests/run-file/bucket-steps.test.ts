import { fc, test as property } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { packBuckets, unpackBuckets } from '../../src/run-file/bucket-steps.ts'
import { Histogram, quantile } from '../../src/stats/histogram.ts'

test.each<[string, number[], number[]]>([
  ['nothing', [], []],
  ['the first bucket, one value', [0, 1], [1]],
  ['one value each: only steps', [5, 1, 9, 1], [6, 4]],
  ['several values: a negative step, then how many', [5, 1, 9, 4], [6, -4, 4]],
  ['neighbours', [7, 2, 8, 2], [-8, 2, -1, 2]],
])('%s', (_, pairs, steps) => {
  expect(packBuckets(pairs, 100)).toEqual(steps)
  expect(unpackBuckets(steps)).toEqual(pairs)
})

test.each<[string, number, number[]]>([
  ['room for all', 4, [8, 1, 9, 2, 10, 3, 12, 4]],
  ['two neighbours become one', 3, [9, 3, 11, 3, 13, 4]],
  ['four neighbours become one', 2, [10, 6, 14, 4]],
  ['eight neighbours become one', 1, [12, 10]],
])('too many are made coarser: %s', (_, most, expected) => {
  const pairs = [8, 1, 9, 2, 10, 3, 12, 4]
  expect(unpackBuckets(packBuckets(pairs, most))).toEqual(expected)
})

const latencies = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { maxLength: 400 })

property.prop([latencies])('a histogram that fits comes back as it was', (values) => {
  const { buckets } = histogramOf(values)
  expect(unpackBuckets(packBuckets(buckets, 400))).toEqual(buckets)
})

property.prop([latencies])('a coarser one keeps its count and fits', (values) => {
  const data = histogramOf(values)
  const buckets = unpackBuckets(packBuckets(data.buckets, 60))
  expect(buckets.length).toBeLessThanOrEqual(120)
  expect(buckets.filter((_, at) => at % 2 === 1).reduce((sum, each) => sum + each, 0)).toBe(
    data.count,
  )
})

test('300 buckets tell percentiles within 1 % where answers spread over a factor of ten', () => {
  const data = histogramOf(Array.from({ length: 100_000 }, (_, at) => 10 * 10 ** (at / 100_000)))
  const coarse = { ...data, buckets: unpackBuckets(packBuckets(data.buckets, 300)) }
  for (const percentile of [1, 10, 50, 90, 99]) {
    const exact = quantile(data, percentile) ?? NaN
    expect(Math.abs((quantile(coarse, percentile) ?? NaN) / exact - 1)).toBeLessThan(0.01)
  }
})

function histogramOf(values: readonly number[]) {
  const histogram = new Histogram()
  for (const value of values) histogram.record(value)
  return histogram.data()
}
