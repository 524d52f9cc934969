import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { BoundedSeries, keepHigher, meanOverTime } from '../../src/monitors/bounded-series.ts'
import type { Merge } from '../../src/monitors/bounded-series.ts'

function seriesOf(values: readonly number[], merge: Merge, most = 4) {
  const series = new BoundedSeries(merge, most)
  for (const [index, value] of values.entries()) series.add({ at: index * 10, value, span: 10 })
  return series.points().map(({ at, value }) => [at, value])
}

describe('at most four points, memory keeps the higher of two', () => {
  test.each([
    [
      'three samples stay as they are',
      [1, 5, 2],
      [
        [0, 1],
        [10, 5],
        [20, 2],
      ],
    ],
    [
      'the fourth halves them',
      [1, 5, 2, 2],
      [
        [10, 5],
        [20, 2],
      ],
    ],
    [
      'then a point takes in two',
      [1, 5, 2, 2, 3, 9],
      [
        [10, 5],
        [20, 2],
        [50, 9],
      ],
    ],
    [
      'the last may still be open',
      [1, 5, 2, 2, 3],
      [
        [10, 5],
        [20, 2],
        [40, 3],
      ],
    ],
    ['no sample, no point', [], []],
  ])('%s', (_, values, points) => expect(seriesOf(values, keepHigher)).toEqual(points))
})

test('CPU is the mean over the time of both', () => {
  const merged = meanOverTime({ at: 10, value: 1, span: 10 }, { at: 40, value: 0.2, span: 30 })
  expect(merged).toEqual({ at: 40, value: 0.4, span: 40 })
})

property.prop([fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 500 })])(
  'however many samples: bounded, in order, and the peak at its own time',
  (values) => {
    const points = seriesOf(values, keepHigher, 8)
    expect(points.length).toBeLessThanOrEqual(8)
    expect(points).toEqual(points.toSorted((a, b) => (a[0] ?? 0) - (b[0] ?? 0)))
    const peak = Math.max(...values)
    expect(points).toContainEqual([values.indexOf(peak) * 10, peak])
  },
)

test('a day of samples every half a second is at most 600 points', () => {
  const series = new BoundedSeries(meanOverTime)
  for (let index = 0; index < 172_800; index += 1) series.add({ at: index, value: 1, span: 500 })
  expect(series.points().length).toBeLessThanOrEqual(600)
  expect(series.points().every(({ value }) => Math.abs(value - 1) < 1e-9)).toBe(true)
})
