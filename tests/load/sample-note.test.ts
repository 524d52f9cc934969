import { describe, expect, test } from 'vitest'
import { DEFAULT_TIMEOUTS } from '../../src/clients/timeouts.ts'
import type { LoadOptions } from '../../src/load/options.ts'
import { planLoad } from '../../src/load/options.ts'
import { runLoad } from '../../src/load/run-load.ts'
import { refuseUnprovable, sampleNotes } from '../../src/load/sample-note.ts'
import { planVerdict } from '../../src/load/verdict-plan.ts'
import { toVerdictSettings, type VerdictOptions } from '../../src/limits/verdict-options.ts'
import { messageOf } from '../support/message-of.ts'
import { loadEnvironment } from '../support/load-environment.ts'

const limits = { p95: '1s', checkout: { p99: '2s', mean: '1s' } } as const

test.each([
  [{ users: 2, iterations: 40 }, 40],
  [{ users: 4, iterationsPerUser: 10 }, 40],
  [{ rate: '20/s', duration: '2s' }, 40],
  [{ startRate: 0, stages: [{ rate: '40/s', duration: '2s' }] }, 40],
  [{ rate: '20/s', rampUp: '2s', duration: '1s', judge: 'all' }, 40],
] satisfies [LoadOptions, number][])(
  '%j makes %i iterations: too few for a p99',
  (options, most) => {
    expect(sampleNotes(planLoad({ ...options, limits }, DEFAULT_TIMEOUTS))).toEqual([
      `limits.checkout.p99 needs at least 100 samples to be told from the slowest, and this load makes ${most} iterations`,
    ])
  },
)

test.each([
  ['enough iterations', { users: 2, iterations: 100, limits }],
  ['iterations that nobody can foretell', { users: 2, duration: '1s', limits }],
  ['no limits', { users: 2, iterations: 1 }],
] satisfies [string, LoadOptions][])('%s: nothing to tell', (_, options) => {
  expect(sampleNotes(planLoad(options, DEFAULT_TIMEOUTS))).toEqual([])
})

describe('where a confidence is asked for, too few iterations are refused before traffic', () => {
  const refused = (options: LoadOptions, verdict?: VerdictOptions): string => {
    const plan = planLoad({ limits, verdict, ...options }, DEFAULT_TIMEOUTS)
    return messageOf(() => refuseUnprovable(plan, planVerdict(plan), 'load'))
  }
  const sure = { confidence: 0.95 }

  test('every limit of which they can prove nothing, with what to do', () => {
    expect(refused({ rate: '20/s', duration: '2s' }, sure)).toMatchInlineSnapshot(`
      "load has 2 mistakes:
        - load.limits.p95 can never be proven at 95 %: that takes 200 requests, and this load makes 40 iterations. Make it longer, or judge a lower percentile; if an iteration makes several requests, judge it after the load: expect(run).toMeet({ … })
        - load.limits.checkout.p99 can never be proven at 95 %: that takes 1,000 requests, and this load makes 40 iterations. Make it longer, or judge a lower percentile; if an iteration makes several requests, judge it after the load: expect(run).toMeet({ … })"
    `)
  })

  test.each([
    [{ users: 2, iterations: 999 }, sure, '999 iterations'],
    [{ users: 10, iterationsPerUser: 99 }, sure, '990 iterations'],
    [{ users: 1, iterations: 1_000 }, { confidence: '99.999%' }, '1,146 requests'],
    [{ rate: '10/s', duration: '10s' }, { ...sure, onInconclusive: 'extend' }, '400 iterations'],
  ] satisfies [LoadOptions, VerdictOptions, string][])('%j at %j', (options, verdict, part) => {
    expect(refused(options, verdict)).toContain(part)
  })

  test.each([
    ['enough', { users: 2, iterations: 1_000 }, sure],
    ['nobody can foretell', { users: 2, duration: '1s' }, sure],
    ['nobody asked', { users: 2, iterations: 1 }, { onInconclusive: 'fail' }],
    ['time to go on', { rate: '25/s', duration: '10s' }, { ...sure, onInconclusive: 'extend' }],
    ['many to a stream', { users: 1, iterations: 9, limits: { gap: { p95: '1s' } } }, sure],
  ] satisfies [string, LoadOptions, VerdictOptions][])('%s: fine', (_, options, verdict) => {
    expect(() => refused(options, verdict)).toThrow('')
  })

  test('before the first iteration', async () => {
    let iterations = 0
    const options = { users: 1, iterations: 2, limits, verdict: sure } as const
    const running = runLoad(options, () => iterations++, loadEnvironment())
    await expect(running).rejects.toThrow('load.limits.p95 can never be proven at 95 %')
    expect(iterations).toBe(0)
  })

  test('the plugin may ask for it', async () => {
    const verdict = toVerdictSettings({ confidence: '99%' }, 'perf.verdict')
    const running = runLoad(
      { users: 1, iterations: 2, limits },
      () => {},
      loadEnvironment({ verdict }),
    )
    await expect(running).rejects.toThrow('can never be proven at 99 %')
  })
})

test('it is told before the first iteration', async () => {
  const told: string[] = []
  const environment = loadEnvironment({ note: () => told.push('note') })
  const options = { users: 1, iterations: 2, limits: { p50: '1s', p75: '1s' } } as const
  await runLoad(options, () => told.push('iteration'), environment)
  expect(told).toEqual(['note', 'iteration', 'iteration'])
})
