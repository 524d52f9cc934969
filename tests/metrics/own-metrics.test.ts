import { expect, test } from 'vitest'
import { UsageError } from '../../src/errors/usage-error.ts'
import { OwnMetrics } from '../../src/metrics/own-metrics.ts'

test('timings, counters, gauges and rates, in the order of their first use', () => {
  const metrics = new OwnMetrics()
  metrics.timing('parse', 10)
  metrics.timing('parse', 30)
  metrics.count('messages')
  metrics.count('messages', 4)
  metrics.gauge('queue', 7)
  metrics.gauge('queue', 2)
  metrics.gauge('queue', 3)
  metrics.rate('cache hit', true)
  metrics.rate('cache hit', false)
  metrics.rate('cache hit', false)
  metrics.rate('cache hit', true)
  expect(metrics.data()).toMatchObject([
    { kind: 'timing', name: 'parse', values: { label: 'parse', count: 2, mean: 20, max: 30 } },
    { kind: 'counter', name: 'messages', total: 5 },
    { kind: 'gauge', name: 'queue', last: 3, min: 2, max: 7 },
    { kind: 'rate', name: 'cache hit', hits: 2, total: 4, ratio: 0.5 },
  ])
})

test('a name has one kind', () => {
  const metrics = new OwnMetrics()
  metrics.count('messages')
  expect(() => metrics.gauge('messages', 1)).toThrow(UsageError)
  expect(() => metrics.gauge('messages', 1)).toThrowErrorMatchingInlineSnapshot(
    `[UsageError: metrics.gauge("messages") must be one kind of metric, it is a counter already]`,
  )
})

test.each([NaN, Infinity, -Infinity])('%d is no value', (value) => {
  const metrics = new OwnMetrics()
  expect(() => metrics.timing('parse', value)).toThrow('metric "parse" must be a finite number')
  expect(() => metrics.gauge('queue', value)).toThrow(UsageError)
  expect(() => metrics.count('messages', value)).toThrow(UsageError)
  expect(metrics.data()).toEqual([])
})
