import { describe, expect, test } from 'vitest'
import { parseRegressLimits } from '../../src/limits/regress-limits.ts'
import { messageOf } from '../support/message-of.ts'

describe('what may be worse by how much', () => {
  test('of the run, of one request, of each, of a stream', () => {
    const limits = {
      p95: '5%',
      mean: 0.1,
      throughput: '10%',
      errorRate: '1%',
      ttft: { p50: '20%' },
      checkout: { p99: '50%', throughput: undefined },
      'GET /orders*': { ttfb: { mean: '3%' } },
      each: { p95: '10%' },
    }
    const told = parseRegressLimits(limits, 'limits').map(
      ({ path, request, each, figure, tolerance }) =>
        `${path}: ${each ? 'each' : (request ?? 'all')} ${JSON.stringify(figure)} ${tolerance}`,
    )
    expect(told).toMatchInlineSnapshot(`
      [
        "limits.p95: all {"kind":"percentile","of":"latency","percentile":95} 0.05",
        "limits.mean: all {"kind":"mean","of":"latency"} 0.1",
        "limits.throughput: all {"kind":"throughput"} 0.1",
        "limits.errorRate: all {"kind":"errorRate"} 0.01",
        "limits.ttft.p50: all {"kind":"percentile","of":"ttft","percentile":50} 0.2",
        "limits.checkout.p99: checkout {"kind":"percentile","of":"latency","percentile":99} 0.5",
        "limits["GET /orders*"].ttfb.mean: GET /orders* {"kind":"mean","of":"ttfb"} 0.03",
        "limits.each.p95: each {"kind":"percentile","of":"latency","percentile":95} 0.1",
      ]
    `)
  })

  test.each([
    ['no object', 'p95'],
    ['nothing in it', {}],
    ['a typo', { p59: '5%' }],
    ['a number that may be percents', { p95: 5 }],
    ['a time', { p95: '300ms' }],
    ['figures of no share', { max: '5%', memory: { growth: '5%' } }],
    ['a figure that a stream has not', { ttft: { errorRate: '1%' } }],
    ['a request with a typo', { checkout: { p59: '5%' } }],
  ])('%s', (_, limits) => {
    expect(messageOf(() => parseRegressLimits(limits, 'limits'))).toMatchSnapshot()
  })
})
