import { describe, expect, test } from 'vitest'
import { parseLimits } from '../../src/limits/parse-limits.ts'

/** A check in one line: `p95 latency ≤ 300 ms`. */
const told = (limits: unknown): readonly string[] =>
  parseLimits(limits, 'limits').map(({ request, exclude, figure, operator, limit, unit }) => {
    const of = 'of' in figure ? ` ${figure.of}` : ''
    const name = figure.kind === 'percentile' ? `p${figure.percentile}` : figure.kind
    const left = exclude === undefined ? '' : ` but ${exclude.join(' and ')}`
    const whose = request === undefined ? '' : ` of ${request}${left}`
    return `${name}${of}${whose} ${operator === 'at most' ? '≤' : '≥'} ${limit} ${unit}`
  })

test.each([
  [{ p95: '300ms' }, ['p95 latency ≤ 300 ms']],
  [{ p999: '1.5s', mean: 20 }, ['p99.9 latency ≤ 1500 ms', 'mean latency ≤ 20 ms']],
  [{ ttft: { p95: '5s', max: '10s' } }, ['p95 ttft ≤ 5000 ms', 'max ttft ≤ 10000 ms']],
  [{ errorRate: '1%', successRate: 0.99 }, ['errorRate ≤ 0.01 ratio', 'successRate ≥ 0.99 ratio']],
  [{ throughput: '120/min' }, ['throughput ≥ 2 /s']],
  [{ memory: { growth: '100MB' }, cpu: '80%' }, ['growth ≤ 100000000 bytes', 'cpu ≤ 0.8 cores']],
  [
    { checkout: { p95: '200ms', ttft: { p50: 5 } }, 'GET /orders*': { errorRate: 0 } },
    [
      'p95 latency of checkout ≤ 200 ms',
      'p50 ttft of checkout ≤ 5 ms',
      'errorRate of GET /orders* ≤ 0 ratio',
    ],
  ],
  [
    { '#read': { p95: 5 }, 'GET *': { p50: 1, exclude: ['* /docs*', '#slow'] } },
    ['p95 latency of #read ≤ 5 ms', 'p50 latency of GET * but * /docs* and #slow ≤ 1 ms'],
  ],
  [{ p95: { good: '1s', critical: '3s' } }, ['p95 latency ≤ 3000 ms']],
  [
    { p95: undefined, p50: 5, checkout: { p99: undefined, p95: 1 } },
    ['p50 latency ≤ 5 ms', 'p95 latency of checkout ≤ 1 ms'],
  ],
])('%j', (limits, checks) => expect(told(limits)).toEqual(checks))

describe('mistakes, all in one error', () => {
  const refused = (limits: unknown): string => {
    try {
      return `taken: ${told(limits).join(', ')}`
    } catch (error) {
      return String(error)
    }
  }

  test.each([
    ['an unknown figure of the run', { p59: '300ms' }],
    ['an unknown figure of a request', { checkout: { errorrate: '1%' } }],
    ['a limit without a unit', { p95: '300' }],
    ['a latency of a request that is no object', { checkout: '300ms' }],
    ['several', { p95: '300', errorRate: 5, ttft: { p95: '1' }, memory: { grwth: 1 } }],
    ['nothing', {}],
    ['a tag without a limit', { '#read': '300ms' }],
    ['what is left out of the run', { p95: 1, exclude: ['#slow'] }],
    ['what is left out of one request', { checkout: { p95: 1, exclude: ['#slow'] } }],
    ['what is left out, but no list', { '#read': { p95: 1, exclude: '#slow' } }],
    ['a list', ['p95']],
    ['an unknown band', { p95: { fine: '1s' } }],
    ['bands out of order', { p95: { good: '1s', acceptable: '500ms' } }],
    ['bands out of order, the other way round', { throughput: { good: '5/s', critical: '50/s' } }],
    ['a warning that nothing ends', { p95: { warning: '1s' } }],
    ['no band at all', { p95: {} }],
  ])('%s', (_what, limits) => expect(refused(limits)).toMatchSnapshot())
})
