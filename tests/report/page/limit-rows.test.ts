import { describe, expect, test } from 'vitest'
import { limitLines, limitRows } from '../../../src/report/page/limit-rows.ts'
import { verdict } from '../../support/run-file-samples.ts'

const barOf = (of: Parameters<typeof verdict>[0]) => limitRows([verdict(of)])[0]?.bar

describe('the bar of a limit', () => {
  test.each([
    ['half of what is allowed', { limit: 300, measured: 150 }, { measured: 0.4464, limit: 0.8929 }],
    ['twice of it', { limit: 300, measured: 600 }, { measured: 0.8929, limit: 0.4464 }],
    ['never', { limit: 300, measured: Infinity }, { measured: 0.8929, limit: 0.2232 }],
    ['a gain', { limit: 100, measured: -100 }, { measured: 0, limit: 0.9434 }],
  ])('%s', (_, of, expected) => expect(barOf(of)).toMatchObject(expected))

  test('of a share that is to be nearly all begins where the difference is seen', () => {
    const share = { unit: 'ratio', operator: 'at least', limit: 0.99 } as const
    expect(barOf({ ...share, measured: 1 })).toEqual({ measured: 1, limit: 0.5, least: true })
    expect(barOf({ ...share, measured: 0.97 })).toMatchObject({ measured: 0.5, limit: 0.8333 })
  })

  test.each([
    ['nothing was measured', { limit: 300, measured: undefined }],
    ['nothing is allowed, and nothing was', { limit: 0, measured: 0 }],
  ])('is left out when %s', (_, of) => expect(barOf(of)).toBeUndefined())
})

test('missed limits stand first, then the tightest of those that were met', () => {
  const rows = limitRows([
    verdict({ subject: 'roomy', limit: 300, measured: 10 }),
    verdict({ subject: 'tight', limit: 300, measured: 290 }),
    verdict({ subject: 'missed', limit: 300, measured: 310 }),
  ])
  expect(rows.map(({ subject, margin }) => [subject, margin])).toEqual([
    ['missed', '3.3 % over'],
    ['tight', '3.3 % spare'],
    ['roomy', '97 % spare'],
  ])
})

test('limits of latencies are lines in the chart of their load', () => {
  const lines = limitLines(
    [
      verdict({ subject: 'p95 latency of all requests', limit: 200 }),
      verdict({ subject: 'p95 latency of chat', limit: 300, run: 'this' }),
      verdict({ subject: 'p95 latency of chat', limit: 400, run: 'another' }),
      verdict({ subject: 'p95 TTFT of chat', limit: 500 }),
      verdict({ subject: 'memory growth of the service', unit: 'bytes' }),
    ],
    'this',
  )
  expect(lines).toEqual([
    { metric: 'p95', value: 200, unit: 'ms', of: '' },
    { metric: 'p95', value: 300, unit: 'ms', of: 'chat' },
  ])
})
