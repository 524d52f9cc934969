import { expect, test } from 'vitest'
import { joinChecks, joinErrors, joinMetrics } from '../../src/metrics/join-metrics.ts'
import { recordedRun, type RunOptions } from '../support/recorded.ts'

const metricsOf = (record: NonNullable<RunOptions['metrics']>) =>
  recordedRun([{}], { metrics: record }).metrics

test('metrics of one name are one, by their kind', () => {
  const [first, second] = [
    metricsOf((metrics) => {
      metrics.timing('render', 10, { page: 'home' })
      metrics.count('tokens', 3)
      metrics.gauge('level', 7)
      metrics.rate('hit', true)
    }),
    metricsOf((metrics) => {
      metrics.timing('render', 30, { page: 'cart' })
      metrics.count('tokens', 4)
      metrics.gauge('level', 5)
      metrics.rate('hit', false)
      metrics.count('only here')
    }),
  ]
  expect(joinMetrics([first, second])).toMatchObject([
    {
      name: 'render',
      values: { count: 2, mean: 20 },
      tagged: [
        { tag: 'page', value: 'home', values: { count: 1 } },
        { tag: 'page', value: 'cart', values: { count: 1 } },
      ],
    },
    { name: 'tokens', total: 7 },
    { name: 'level', last: 5, min: 5, max: 7 },
    { name: 'hit', hits: 1, total: 2, ratio: 0.5 },
    { name: 'only here', total: 1 },
  ])
})

test('checks add up, with what the first failure said', () => {
  const check = (passed: number, failed: number, first?: string) => ({
    kind: 'check' as const,
    name: 'has an id',
    passed,
    failed,
    total: passed + failed,
    rate: passed / (passed + failed),
    ...(first !== undefined && { first }),
  })
  expect(joinChecks([[check(3, 0)], [check(0, 1, 'no id')], []])).toEqual([check(3, 1, 'no id')])
})

test('errors that are alike are one group, the commonest first', () => {
  const failing = (message: string, times: number) =>
    recordedRun([{ outcome: 'status', message, times }]).errors
  const joined = joinErrors([
    failing('answered 503', 2),
    failing('answered 500', 3),
    failing('answered 503', 4),
  ])
  expect(joined.map(({ message, count }) => [message, count])).toEqual([
    ['answered 503', 6],
    ['answered 500', 3],
  ])
})
