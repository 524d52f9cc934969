import { describe, expect, test } from 'vitest'
import { parseLimits } from '../../src/limits/parse-limits.ts'
import { proveCheck } from '../../src/limits/prove-check.ts'
import type { Limits } from '../../src/limits/grammar.ts'
import type { OperationSummary } from '../../src/metrics/summary.ts'
import { recordedRun, type Row } from '../support/recorded.ts'

/** So many seconds, in each of which the same happens. */
const every = (seconds: number, rows: readonly Row[]): readonly Row[] =>
  Array.from({ length: seconds }, (_, second) =>
    rows.map((row) => ({ ...row, at: second * 1_000 + 500 })),
  ).flat()

/** 50 streams a second, of which two have their first token late. */
const streams = recordedRun(
  every(21, [
    {
      times: 48,
      took: 300,
      ttft: 100,
      stream: { ttfo: 120, gaps: [20, 30], tpot: 25, tokens: { count: 3, source: 'usage' } },
    },
    {
      times: 2,
      took: 900,
      ttft: 700,
      stream: { ttfo: 720, gaps: [20, 300], tpot: 160, tokens: { count: 3, source: 'usage' } },
    },
  ]),
  { duration: 21_000 },
)

const verdict = (operation: OperationSummary, limits: Limits): readonly (string | undefined)[] =>
  parseLimits(limits, 'limits').map((check) => proveCheck(check, operation, 0.95)?.status)

describe('the times of streams are proven as latencies are', () => {
  test.each([
    [{ ttft: { p90: '500ms' } }, 'pass'],
    [{ ttft: { p99: '500ms' } }, 'fail'],
    [{ ttft: { p95: '500ms' } }, 'inconclusive'],
    [{ ttfo: { p90: '500ms' } }, 'pass'],
    [{ ttst: { p99: '50ms' } }, 'pass'],
    [{ ttct: { p99: '500ms' } }, 'fail'],
    [{ tpot: { p99: '100ms' } }, 'fail'],
    [{ gap: { p95: '50ms' } }, 'pass'],
    [{ gap: { p99: '50ms' } }, 'fail'],
    [{ ttft: { mean: '200ms' } }, 'pass'],
    [{ ttfb: { p95: '500ms' } }, 'pass'],
    [{ ttft: { max: '1s' } }, undefined],
  ] as const)('%j: %s', (limits, status) => {
    expect(verdict(streams, limits)).toEqual([status])
  })

  test('of several names together, too', () => {
    const two = recordedRun([
      ...every(21, [{ name: 'a', times: 20, ttft: 50, took: 200, tags: ['ai'] }]),
      ...every(21, [{ name: 'b', times: 20, ttft: 50, took: 200, tags: ['ai'] }]),
    ])
    expect(verdict(two.tagged('ai'), { ttft: { p95: '100ms' } })).toEqual(['pass'])
  })

  test('a stream that failed has no first token, ever', () => {
    const failing = recordedRun(
      every(21, [
        { times: 45, ttft: 50 },
        { times: 5, ttft: 50, outcome: 'truncated' },
      ]),
    )
    expect(verdict(failing, { ttft: { p95: '100ms' } })).toEqual(['fail'])
    expect(verdict(failing, { ttft: { p50: '100ms' } })).toEqual(['pass'])
  })

  test('failures from before its first stream are among them, though not when they were', () => {
    const late = recordedRun([
      ...every(21, [{ times: 5, outcome: 'timeout' }]),
      ...every(21, [{ times: 45, ttft: 50 }]),
    ])
    expect(verdict(late, { ttft: { p95: '100ms' } })).toEqual(['inconclusive'])
  })
})

describe('so many per second', () => {
  test.each([
    [{ goodput: { rate: '47/s', ttft: '500ms' } }, 'pass'],
    [{ goodput: { rate: '49/s', ttft: '500ms' } }, 'fail'],
    [{ goodput: { rate: '47/s', latency: '500ms' } }, 'pass'],
    [{ goodput: { rate: '49/s', ttfb: '400ms' } }, 'fail'],
    [{ goodput: { rate: '47/s', ttft: '500ms', tpot: '50ms' } }, 'pass'],
    [{ tokensPerSecond: '140/s' }, 'pass'],
    [{ throughput: '50/s' }, 'pass'],
    [{ successRate: '99%' }, 'pass'],
  ] as const)('%j: %s', (limits, status) => {
    expect(verdict(streams, limits)).toEqual([status])
  })

  test('tokens, by when they arrived', () => {
    const limits = (rate: number): Limits => ({ tokensPerSecond: `${rate}/s` })
    const flowing = recordedRun(
      every(21, [
        { times: 10, took: 300, ttft: 50, stream: { gaps: [1, 1], chunks: [1, 1, 1] } },
      ]).map((row) => ({
        ...row,
        stream: { ...row.stream, tokens: { count: 30, source: 'usage' } as const },
      })),
      { duration: 21_000 },
    )
    expect(verdict(flowing, limits(290))).toEqual(['pass'])
    expect(verdict(flowing, limits(310))).toEqual(['fail'])
  })

  test('goodput is not proven where it is not known which were good', () => {
    const plain = recordedRun(every(21, [{ times: 50 }]))
    expect(verdict(plain, { goodput: { rate: '1/s', ttft: '1s' } })).toEqual([undefined])
  })
})
