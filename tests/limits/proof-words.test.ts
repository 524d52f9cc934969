import { expect, test } from 'vitest'
import { intervalText, whatSettles } from '../../src/limits/proof-words.ts'
import type { Proof } from '../../src/limits/proof.ts'

const open = (rest: Partial<Proof>): Proof => ({
  status: 'inconclusive',
  confidence: 0.95,
  counts: 'requests',
  ...rest,
})

test.each([
  ['p99', 120, open({ needs: 1_000 }), 'p99 at 95 % needs ≥1,000 requests, had 120'],
  [
    'p99.9',
    120,
    open({ needs: 10_000, short: 5 }),
    'p99.9 at 95 % needs ≥10,000 requests over ≥5 s, had 120',
  ],
  ['p95', 5_000, open({ short: 5, needs: 200 }), 'p95 at 95 % needs ≥5 s of judged time'],
  ['mean', 5_000, open({ confidence: 0.99 }), 'mean at 99 % is too near its limit to tell'],
  ['errorRate', 9, open({ needs: 1_000 }), 'error rate at 95 % needs ≥1,000 requests, had 9'],
])('%s of %i', (metric, samples, proof, text) => {
  expect(whatSettles({ metric, samples, proof })).toBe(text)
})

test.each([
  [open({ low: 171, high: 214 }), 'ms', '187 ms', '[171, 214]'],
  [open({ low: 981, high: 1_130 }), 'ms', '1.05 s', '[981 ms, 1.13 s]'],
  [open({ low: 171 }), 'ms', '187 ms', '[171, …]'],
  [open({ low: 171, high: 'never' }), 'ms', '187 ms', '[171, ∞]'],
  [open({ low: 0.012, high: 0.034 }), 'ratio', '2 %', '[1.2, 3.4]'],
  [open({ low: 48.5, high: 51.2 }), '/s', '50/s', '[48.5, 51.2]'],
  [open({}), 'ms', '187 ms', ''],
  [undefined, 'ms', '187 ms', ''],
] as const)('%o', (proof, unit, beside, text) => {
  expect(intervalText(proof, unit, beside)).toBe(text)
})
