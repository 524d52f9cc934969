import { describe, expect, test } from 'vitest'
import { whyOf } from '../../../src/report/page/why.ts'
import { memory } from '../../support/recorded.ts'
import { SHOP, SUITE, sampleRun, sampleTest, verdict } from '../../support/run-file-samples.ts'

const said = (test_: Parameters<typeof whyOf>[0]): string[] =>
  whyOf(test_).map(({ what, evidence }) => [what, ...evidence].join(' '))

const run = sampleRun(SHOP, { title: 'shop', seconds: 20 })

test('each missed limit is said with what the run has to say of it', () => {
  const failed = SUITE.tests.find(({ state }) => state === 'failed')
  expect(failed && said(failed)).toMatchInlineSnapshot(`
    [
      "Success rate of all requests: 98.7 %, limit 99 % (0.25 points under). 244 of 19,440 failed (1.25 %); most often: 240 times 503 POST /checkout – {"error":"pool exhausted","retry":true,"pool":{"size":10,"waiting":214}}, from 450 ms to 2m.",
      "p95 latency of GET /orders: 391 ms, limit 300 ms (30 % over). 292 of 2,636 took longer than 300 ms (11 %); the median is 126 ms.",
      "p95 latency of POST /checkout: never, limit 100 ms (too many failed). 240 of 2,400 failed (10 %), and a percentile counts a failure as never; all of them: 240 times 503 POST /checkout – {"error":"pool exhausted","retry":true,"pool":{"size":10,"waiting":214}}, from 450 ms to 2m.",
      "Memory growth of the service: 432 MB, limit 100 MB (4.32× the limit). It went from 310 MB to 742 MB, highest at 745 MB.",
      "Generator saturated: event loop busy 97 %, delay p99 183 ms. Part of the times may be its own waiting, not that of the service.",
    ]
  `)
})

describe('a percentile of all requests', () => {
  test('names the request that most of the slow ones are of, and when it was over', () => {
    const verdicts = [
      verdict({ subject: 'p95 latency of all requests', limit: 150, measured: run.latency.p95 }),
    ]
    expect(said(sampleTest({ runs: [run], verdicts }))).toMatchInlineSnapshot(`
      [
        "p95 latency of all requests: 157 ms, limit 150 ms (4.7 % over). 173 requests took longer than 150 ms; 98.8 % of them were GET /orders, whose own p95 is 406 ms. It was over the limit in 13 of 20 stretches of time, first at the start, with 100 users.",
      ]
    `)
  })
})

describe('nothing is made up', () => {
  test('of a limit of another run than the ones here', () => {
    const runs = [run, sampleRun(SHOP, { title: 'shop #2', seconds: 5 })]
    const verdicts = [verdict({ subject: 'p95 latency of GET /orders', measured: 400 })]
    expect(said(sampleTest({ runs, verdicts }))).toEqual([
      'p95 latency of GET /orders: 400 ms, limit 300 ms (33 % over).',
    ])
  })

  test('of a throughput, of which a run does not say why it is low', () => {
    const of = { unit: '/s', operator: 'at least', metric: 'throughput' } as const
    const verdicts = [verdict({ ...of, subject: 'throughput of chat', limit: 100, measured: 80 })]
    expect(said(sampleTest({ runs: [run], verdicts }))).toEqual([
      'Throughput of chat: 80/s, limit 100/s (20 % under).',
    ])
  })

  test('of a test that passed', () => {
    expect(said(sampleTest({ runs: [run] }))).toEqual([])
  })
})

test('memory is said from where to where', () => {
  const series = [0, 1, 2].map((at) => ({ at: at * 10_000, value: 100e6 + at * 50e6 }))
  const grown = memory({ samples: 3, start: 100e6, end: 200e6, peak: 200e6, growth: 100e6, series })
  const verdicts = [
    verdict({
      subject: 'memory growth of the service',
      metric: 'growth',
      unit: 'bytes',
      limit: 50e6,
      measured: 100e6,
    }),
  ]
  const runs = [sampleRun(SHOP, { seconds: 20, with: { memory: grown } })]
  expect(said(sampleTest({ runs, verdicts }))).toEqual([
    'Memory growth of the service: 100 MB, limit 50 MB (2× the limit). It went from 100 MB to 200 MB, highest at 200 MB, 20 s after its start.',
  ])
})

test('an error that no limit explains is the reason', () => {
  const errors = ['AssertionError: expected 3 to be 4']
  expect(said(sampleTest({ state: 'failed', errors }))).toEqual(errors)
})
