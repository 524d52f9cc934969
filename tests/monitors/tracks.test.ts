import { describe, expect, test } from 'vitest'
import { CpuTrack } from '../../src/monitors/cpu-track.ts'
import { MemoryTrack } from '../../src/monitors/memory-track.ts'

describe('memory', () => {
  const figuresOf = (values: readonly number[]) => {
    const track = new MemoryTrack()
    for (const [index, value] of values.entries()) track.add(index * 500, value)
    return track.figures()
  }

  test('without a sample every figure is missing', () =>
    expect(figuresOf([])).toEqual({
      samples: 0,
      start: undefined,
      end: undefined,
      peak: undefined,
      min: undefined,
      growth: undefined,
      series: [],
    }))

  test('the figures of three samples', () =>
    expect(figuresOf([50, 90, 70])).toEqual({
      samples: 3,
      start: 50,
      end: 70,
      peak: 90,
      min: 50,
      growth: 20,
      series: [
        { at: 0, value: 50 },
        { at: 500, value: 90 },
        { at: 1_000, value: 70 },
      ],
    }))

  test.each([
    ['one sample cannot grow', [50], undefined],
    ['two: the last less the first', [50, 80], 30],
    ['it may shrink', [80, 50], -30],
    ['five: still the ends themselves', [50, 1, 1, 1, 80], 30],
    ['six: an odd first and an odd last decide nothing', [900, 50, 52, 60, 61, 1], 8],
    ['many: only the first and last three', [10, 11, 12, 900, 900, 900, 20, 21, 22], 10],
  ])('growth: %s', (_, values, growth) => expect(figuresOf(values).growth).toBe(growth))
})

describe('CPU', () => {
  const figuresOf = (intervals: readonly (readonly [cpu: number, span: number])[]) => {
    const track = new CpuTrack()
    let at = 0
    for (const [cpu, span] of intervals) track.add((at += span), cpu, span)
    return track.figures()
  }

  test('without an interval every figure is missing', () =>
    expect(figuresOf([])).toEqual({ samples: 0, mean: undefined, peak: undefined, series: [] }))

  test.each([
    [
      'equal intervals',
      [
        [1, 500],
        [0.5, 500],
      ],
      0.75,
      1,
    ],
    [
      'a long one weighs more',
      [
        [1, 100],
        [0.1, 900],
      ],
      0.19,
      1,
    ],
    ['more than one core', [[2.5, 500]], 2.5, 2.5],
    ['idle is a figure', [[0, 500]], 0, 0],
  ] as const)('%s', (_, intervals, mean, peak) => {
    const figures = figuresOf(intervals)
    expect(figures.mean).toBeCloseTo(mean, 10)
    expect(figures.peak).toBe(peak)
  })
})
