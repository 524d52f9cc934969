import { expect, test } from 'vitest'
import { DEFAULT_TIMEOUTS } from '../../src/clients/timeouts.ts'
import type { LoadOptions } from '../../src/load/options.ts'
import { planLoad } from '../../src/load/options.ts'
import { runLoad } from '../../src/load/run-load.ts'
import { sampleNotes } from '../../src/load/sample-note.ts'
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

test('it is told before the first iteration', async () => {
  const told: string[] = []
  const environment = loadEnvironment({ note: () => told.push('note') })
  const options = { users: 1, iterations: 2, limits: { p50: '1s', p75: '1s' } } as const
  await runLoad(options, () => told.push('iteration'), environment)
  expect(told).toEqual(['note', 'iteration', 'iteration'])
})
