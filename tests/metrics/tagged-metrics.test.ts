import { expect, test } from 'vitest'
import { perfMatchers } from '../../src/matchers.ts'
import { OwnMetrics } from '../../src/metrics/own-metrics.ts'
import { fromRunRecord, toRunRecord } from '../../src/run-file/run-record.ts'
import { messageOf } from '../support/message-of.ts'
import { recordedRun } from '../support/recorded.ts'

expect.extend(perfMatchers)

const run = recordedRun([{}], {
  metrics: (metrics) => {
    for (let time = 1; time <= 10; time++) {
      metrics.timing('render', time, { page: 'home', cached: time > 5 })
      metrics.timing('render', 100 * time, { page: 'cart' })
    }
    metrics.timing('render', 5_000)
    metrics.count('tokens', 3, { model: 'small' })
    metrics.rate('hit', true, { page: 'home' })
    metrics.rate('hit', false, { page: 'cart' })
    metrics.gauge('queue', 4, { name: 'mail' })
  },
})

test('a value counts for the metric, and for the metric under each of its tags', () => {
  expect(run.metric('render')).toMatchObject({ values: { count: 21, max: 5_000 } })
  expect(run.metric('render', { page: 'home' })).toMatchObject({ values: { count: 10, max: 10 } })
  expect(run.metric('render', { page: 'cart' })).toMatchObject({ values: { count: 10, min: 100 } })
  expect(run.metric('render', { cached: true })).toMatchObject({ values: { count: 5, min: 6 } })
  expect(run.metric('tokens', { model: 'small' })).toMatchObject({ kind: 'counter', total: 3 })
  expect(run.metric('queue', { name: 'mail' })).toMatchObject({ last: 4, min: 4, max: 4 })
})

test('matchers take it', () => {
  expect(run.metric('render', { page: 'home' })).toHaveP95Below('10ms')
  expect(run.metric('hit', { page: 'home' })).toHaveSuccessRateAbove('100%')
  const slow = () => expect(run.metric('render', { page: 'cart' })).toHaveP95Below('10ms')
  expect(messageOf(slow)).toMatchInlineSnapshot(`
    "expect(timing).toHaveP95Below('10ms')

    p95 time of render{page:cart}: 1 s, 100 times the limit of 10 ms
      10 samples
      p50 500 ms · p90 900 ms · p95 1 s · p99 1 s · max 1 s
      p95 time of render{page:cart} rests on 10 samples: at least 20 are needed to
          tell it from the slowest"
  `)
})

test('a metric without tags has none', () => {
  const metrics = new OwnMetrics()
  metrics.count('messages')
  expect(metrics.data()[0]).not.toHaveProperty('tagged')
})

test('the first hundred values of tags have their own figures, the others are together', () => {
  const metrics = new OwnMetrics()
  for (let id = 0; id < 1_000; id++) metrics.count('calls', 1, { id })
  const [calls] = metrics.data()
  expect(calls).toMatchObject({ total: 1_000 })
  expect(calls?.tagged).toHaveLength(101)
  expect(calls?.tagged?.at(-1)).toMatchObject({ tag: 'id', value: '(others)', total: 900 })
})

test.each([
  ['a value that did not occur', { page: 'hom' }],
  ['a tag that there is not', { side: 'home' }],
  ['two tags', { page: 'home', cached: true }],
  ['none', {}],
])('refused: %s', (_what, tags) => {
  expect(messageOf(() => run.metric('render', tags))).toMatchSnapshot()
})

test('what came after a hundred values is said to be with the others', () => {
  const many = recordedRun([{}], {
    metrics: (metrics) => {
      for (let id = 0; id < 200; id++) metrics.count('calls', 1, { id })
    },
  })
  expect(messageOf(() => many.metric('calls', { id: 150 }))).toContain(
    'where all that came after 100 values is "(others)"',
  )
})

test('the run file keeps them; a file of before has none', () => {
  const record = toRunRecord(run)
  const again = fromRunRecord(record)
  expect(again.metrics.map(({ name, tagged }) => [name, tagged?.map((each) => each.name)])).toEqual(
    run.metrics.map(({ name, tagged }) => [name, tagged?.map((each) => each.name)]),
  )
  const [render] = again.metrics
  expect(render?.tagged?.[0]).toMatchObject({ name: 'render{page:home}', values: { p95: 10 } })
  const older = { ...record, metrics: record.metrics.map(({ tagged: _tagged, ...each }) => each) }
  expect(fromRunRecord(older).metrics[0]).not.toHaveProperty('tagged')
})
