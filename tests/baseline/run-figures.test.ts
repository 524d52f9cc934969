import { expect, test } from 'vitest'
import { coarseShape } from '../../src/baseline/coarse-shape.ts'
import { toMetric } from '../../src/baseline/metric.ts'
import { figureOf, operationRecord } from '../../src/baseline/run-figures.ts'
import { recordedRun } from '../support/recorded.ts'

const metric = (name: string) => toMetric(name, 'metric')

const run = recordedRun(
  [
    { took: 100, times: 90 },
    { took: 123.456, times: 10, ttft: 40 },
  ],
  { duration: 2_000 },
)

test('latency and throughput always, other times when they are asked for', () => {
  const record = operationRecord(run, [metric('ttft.p95')])
  expect(Object.keys(record.times)).toEqual(['latency', 'ttft'])
  expect(Object.keys(operationRecord(run, []).times)).toEqual(['latency'])
  expect(record.throughput).toBe(50)
})

test('four digits, as the percentiles were measured', () => {
  const record = operationRecord(run, [metric('ttft.p95')])
  const figures = ['p50', 'p95', 'mean', 'ttft.p50', 'throughput', 'tokensPerSecond']
  expect(figures.map((name) => figureOf(metric(name), record))).toEqual([
    100,
    123.5,
    102.3,
    40,
    50,
    undefined,
  ])
})

test('a percentile that failures make endless is so after it was read again', () => {
  const failing = recordedRun([{ times: 90 }, { times: 10, outcome: 'status' }])
  const record = JSON.parse(JSON.stringify(operationRecord(failing, []))) as ReturnType<
    typeof operationRecord
  >
  expect(record.times.latency).toMatchObject({ count: 90, never: 10 })
  expect(figureOf(metric('p50'), record)).toBe(100)
  expect(figureOf(metric('p95'), record)).toBe(Infinity)
  expect(figureOf(metric('ttft.p95'), record)).toBeUndefined()
})

test('the shape: in steps of 5 %, from the lowest that holds any', () => {
  const { histogram } = run.latency
  const [first = 0, ...counts] = coarseShape(histogram)
  expect(1.05 ** first).toBeLessThanOrEqual(100)
  expect(1.05 ** (first + 1)).toBeGreaterThan(100)
  expect(counts).toEqual([90, 0, 0, 0, 10])
  expect(coarseShape({ ...histogram, buckets: [] })).toEqual([])
})
