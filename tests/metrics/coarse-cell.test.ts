import { describe, expect, test } from 'vitest'
import { failOne, restoreOne } from '../../src/metrics/amend-cell.ts'
import { joinCells, type Cell } from '../../src/metrics/cell.ts'
import { coarsened } from '../../src/metrics/coarse-cell.ts'
import { Histogram, quantile } from '../../src/stats/histogram.ts'

const cellOf = (latencies: readonly number[]): Cell => {
  const histogram = new Histogram()
  for (const each of latencies) histogram.record(each)
  return {
    ok: latencies.length,
    failed: 0,
    aborted: 0,
    latency: histogram.data(),
    times: { ttfb: histogram.data() },
  }
}
const amended = (latency: number) => ({
  latency,
  times: [['ttfb', latency]] as const,
  streaming: false,
})
/** 10,000 latencies from 10 to 100 ms. */
const MANY = Array.from({ length: 10_000 }, (_, at) => 10 * 10 ** (at / 10_000))

describe('a cell of joined windows takes no more room however much was recorded in it', () => {
  const cell = cellOf(MANY)
  const coarse = coarsened(cell)

  test('it keeps its counts, and percentiles within 1 %', () => {
    expect(cell.latency.buckets.length).toBeGreaterThan(2_000)
    expect(coarse.latency.buckets.length).toBeLessThanOrEqual(512)
    expect(coarse.times?.ttfb).toEqual(coarse.latency)
    expect(coarse).toMatchObject({ ok: 10_000, latency: { count: 10_000, min: 10 } })
    for (const percentile of [1, 10, 50, 90, 99]) {
      const exact = quantile(cell.latency, percentile) ?? NaN
      expect(Math.abs((quantile(coarse.latency, percentile) ?? NaN) / exact - 1)).toBeLessThan(0.01)
    }
  })

  test('joined with a fine one it is made coarse again, and no coarser than it must be', () => {
    const both = coarsened(joinCells([coarse, cellOf(MANY)]))
    expect(both).toMatchObject({ ok: 20_000, coarse: coarse.coarse })
    expect(both.latency.buckets.filter((_, at) => at % 2 === 0)).toEqual(
      coarse.latency.buckets.filter((_, at) => at % 2 === 0),
    )
  })

  test('a success in it can still be made a failure, and a success again', () => {
    const failed = failOne(coarse, amended(31.4159))
    expect(failed).toMatchObject({
      ok: 9_999,
      failed: 1,
      latency: { count: 9_999 },
      times: { ttfb: { count: 9_999 } },
    })
    expect(restoreOne(failed as Cell, amended(31.4159))).toMatchObject({ ok: 10_000, failed: 0 })
    expect(failOne(coarse, amended(5))).toBeUndefined()
  })
})

test('a cell with little in it stays as it is', () => {
  const cell = cellOf([1, 2, 3])
  expect(coarsened(cell)).toBe(cell)
})
