import { describe, expect, test } from 'vitest'
import { compareRuns } from '../../../src/report/compare/compare-runs.ts'
import type { Comparison } from '../../../src/report/compare/comparison.ts'
import { compared, endpointOf, figureOf, sideFile, slowed } from '../../support/compared-runs.ts'
import { memory, recordedRun } from '../../support/recorded.ts'
import { CHAT, sampleFile, sampleTest, SHOP } from '../../support/run-file-samples.ts'

const calm = { endpoints: SHOP, seed: 1 }
const calmFile = sideFile(calm)
const verdictsOf = ({ loads }: Comparison): Record<string, string> =>
  Object.fromEntries(
    loads.flatMap(({ endpoints }) => endpoints.map(({ name, verdict }) => [name, verdict])),
  )

describe('a change', () => {
  test('is one when it is larger than the noise of both runs', () => {
    const slow = slowed(SHOP, 'GET /orders', { p50: 254 })
    const comparison = compared([calmFile, { endpoints: slow, seed: 2 }])
    expect(comparison.verdict).toBe('worse')
    expect(verdictsOf(comparison)).toEqual({
      'GET /orders': 'worse',
      'GET /products/{}': 'within noise',
      'POST /checkout': 'within noise',
    })
    const { change = 0, noise = 0, between, p } = figureOf(comparison, 'GET /orders', 'p50')
    expect(change).toBeGreaterThan(noise)
    expect(between?.low).toBeGreaterThan(0.5)
    expect(p).toBeLessThan(0.05)
  })

  test('is noise between two runs of the same', () => {
    // Latencies of other seeds: all that differs is chance.
    const others = Array.from({ length: 8 }, (_, at) => ({ endpoints: SHOP, seed: 20 + at * 3 }))
    const verdicts = others.map((side) => compared([calmFile, side], { least: 0 }).verdict)
    expect(new Set(verdicts)).toEqual(new Set(['within noise']))
  })

  test('is a gain the other way round', () => {
    const slow = slowed(SHOP, 'GET /orders', { p50: 254 })
    expect(compared([{ endpoints: slow, seed: 2 }, calmFile]).verdict).toBe('better')
  })

  test('below what was asked to matter is within noise, and says so', () => {
    const slow = slowed(SHOP, 'GET /products/{}', { p50: 14 * 1.12 })
    const sides = [calmFile, { endpoints: slow, seed: 2 }]
    expect(figureOf(compared(sides), 'GET /products/{}', 'p50').verdict).toBe('worse')
    expect(figureOf(compared(sides, { least: 0.3 }), 'GET /products/{}', 'p50')).toMatchObject({
      verdict: 'within noise',
      why: 'less than 30 %',
    })
  })

  test('of failures counts in points', () => {
    const checkout = SHOP[2]?.fails
    if (checkout === undefined) throw new Error('it fails')
    const failing = slowed(SHOP, 'POST /checkout', { fails: { ...checkout, every: 4 } })
    const comparison = compared([calmFile, { endpoints: failing, seed: 2 }])
    const { change, verdict } = figureOf(comparison, 'POST /checkout', 'errorRate')
    expect(change).toBeCloseTo(0.15)
    expect(verdict).toBe('worse')
  })

  test('of the first token is judged by itself', () => {
    const later = slowed(CHAT, 'stream', { firstToken: 0.5 })
    const comparison = compared([
      { endpoints: CHAT, seed: 1 },
      { endpoints: later, seed: 2 },
    ])
    expect(figureOf(comparison, 'stream', 'ttft').verdict).toBe('worse')
    expect(figureOf(comparison, 'stream', 'p95').verdict).toBe('within noise')
  })

  test('of memory is shown, and not judged: nothing is known of its noise', () => {
    const grown = (peak: number) => ({ memory: memory({ samples: 60, peak, end: peak }) })
    const comparison = compared([
      { ...calm, with: grown(80e6) },
      { ...calm, with: grown(160e6) },
    ])
    const figure = figureOf(comparison, 'all requests', 'memory')
    expect(figure).toMatchObject({ change: 1, values: [80e6, 160e6] })
    expect(figure).not.toHaveProperty('verdict')
    expect(comparison.verdict).toBe('within noise')
  })
})

describe('what cannot be told is not comparable', () => {
  test('a run of less than five seconds: too few to know its noise', () => {
    const comparison = compared([
      { ...calm, seconds: 3 },
      { ...calm, seconds: 3 },
    ])
    expect(comparison.verdict).toBe('not comparable')
    expect(endpointOf(comparison, 'GET /orders')).toMatchObject({
      verdict: 'not comparable',
      why: 'too few values to know its noise',
    })
  })

  test('an endpoint of one run alone', () => {
    const more = [...SHOP, { name: 'GET /new', perSecond: 5, p50: 10 }]
    const comparison = compared([calmFile, { endpoints: more, seed: 2 }])
    expect(endpointOf(comparison, 'GET /new')).toMatchObject({
      requests: [undefined, 150],
      verdict: 'not comparable',
      why: 'not in the first run',
    })
    expect(comparison.verdict).toBe('within noise')
  })

  test('loads of another name', () => {
    const other = sampleFile([sampleTest({ name: 'another', runs: [recordedRun([{}])] })])
    const comparison = compareRuns([calmFile, other])
    expect(comparison).toMatchObject({
      verdict: 'not comparable',
      gone: ['chat.perf.ts › 100 users chat'],
      added: ['chat.perf.ts › another'],
    })
  })

  test('all requests together, when their mix is another', () => {
    const mixed = slowed(SHOP, 'GET /products/{}', { perSecond: 40 })
    const comparison = compared([calmFile, { endpoints: mixed, seed: 2 }])
    expect(figureOf(comparison, 'all requests', 'p95')).toMatchObject({
      verdict: 'not comparable',
      why: 'another mix: GET /products/{} was 74 % of all requests, then 49 %',
    })
    expect(endpointOf(comparison, 'GET /orders').verdict).toBe('within noise')
  })
})

test('the figures of a single endpoint are those of all requests, judged once', () => {
  const single = [{ name: 'GET /', perSecond: 100, p50: 10 }]
  const comparison = compared([
    { endpoints: single, seed: 1 },
    { endpoints: single, seed: 2 },
  ])
  // p50, p95, the error rate and the throughput.
  expect(comparison.rules.judged).toBe(4)
  expect(figureOf(comparison, 'all requests', 'p95')).toBe(figureOf(comparison, 'GET /', 'p95'))
})

test('runs between the first and the last are for the trend', () => {
  const slow = slowed(SHOP, 'GET /orders', { p50: 254 })
  const comparison = compared([
    calmFile,
    { endpoints: slow, seed: 2 },
    { endpoints: SHOP, seed: 3 },
  ])
  expect(comparison.verdict).toBe('within noise')
  const [orders] = comparison.loads[0]?.charts.trend ?? []
  expect(orders?.name).toBe('GET /orders')
  const [first = 0, middle = 0, last = 0] = orders?.values ?? []
  expect(middle).toBeGreaterThan(1.5 * Math.max(first, last))
})

test('a run knows where it came from', () => {
  const git = { commit: '4f7e11b0c2', branch: 'main', dirty: true }
  const { runs } = compared([calmFile, { ...calm, file: { git } }])
  expect(runs[1]).toEqual({
    id: '2026-01-11T09-05-07-aaaa',
    startedAt: '2026-01-31T09:05:07.000Z',
    ending: 'complete',
    revision: 'main@4f7e11b + changes',
  })
})

test.each([
  ['one run', () => compareRuns([calmFile]), 'compareRuns(runs) must be two runs or more, got 1'],
  [
    'a share that is none',
    () => compared([calmFile, calm], { least: 5 }),
    'compareRuns least must be a share from 0 up to 1, such as 0.05, got 5',
  ],
])('refused: %s', (_, act, message) => expect(act).toThrow(message))
