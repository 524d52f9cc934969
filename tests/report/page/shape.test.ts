import { describe, expect, test } from 'vitest'
import { outlinesOf, shapeOf } from '../../../src/report/page/shape.ts'
import { Histogram, type HistogramData } from '../../../src/stats/histogram.ts'

function histogramOf(values: readonly number[]): HistogramData {
  const histogram = new Histogram()
  for (const value of values) histogram.record(value)
  return histogram.data()
}

const even = (from: number, to: number, count: number): number[] =>
  Array.from({ length: count }, (_, at) => from + ((to - from) * at) / (count - 1))

describe('the bins of histograms', () => {
  test('are as wide as each other where values lie close together', () => {
    const { edges, shares } = outlinesOf([histogramOf(even(100, 200, 64))])
    expect(edges).toEqual([100, 112.5, 125, 137.5, 150, 162.5, 175, 187.5, 200])
    expect(shares[0]?.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 2)
  })

  test('grow with the values where those spread over more than a factor of four', () => {
    const { edges } = outlinesOf([histogramOf(even(1, 256, 64))])
    expect(edges.map(Math.round)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256])
  })

  test('are shared, so that a baseline is drawn on those of the run', () => {
    const { edges, shares } = outlinesOf([histogramOf(even(1, 2, 8)), histogramOf(even(3, 4, 8))])
    expect([edges[0], edges.at(-1)]).toEqual([1, 4])
    const held = shares.map((each) => each.map((share) => share > 0))
    expect(held).toEqual([
      [true, true, true, false, false, false, false, false],
      [false, false, false, false, false, true, true, true],
    ])
  })

  test('hold one value that occurs again and again', () => {
    const { edges, shares } = outlinesOf([histogramOf([5, 5, 5])])
    expect([edges[0], shares[0]?.[0]]).toEqual([5, 1])
  })
})

describe('the curve of percentiles', () => {
  test('goes as far as there are values, and ends at the maximum', () => {
    const [curve = []] = shapeOf(histogramOf(even(1, 100, 100)))?.curves ?? []
    expect(curve[0]).toEqual([0, 1])
    const nines = Object.fromEntries(curve)
    expect(nines[1]).toBeCloseTo(90, 0)
    expect(curve.at(-1)).toEqual([2, 100])
  })

  test('is not there for a distribution of nothing', () => {
    expect(shapeOf(histogramOf([]))).toBeUndefined()
  })
})
