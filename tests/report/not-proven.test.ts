import { expect, test } from 'vitest'
import type { Verdict } from '../../src/limits/verdict.ts'
import { notProvenNote } from '../../src/report/not-proven.ts'
import { verdict } from '../support/run-file-samples.ts'

const open = (metric: string, needs: number): Verdict => ({
  ...verdict({ metric }),
  samples: 120,
  proof: { status: 'inconclusive', confidence: 0.95, needs, counts: 'requests' },
})

test('one line for all, each demand once', () => {
  const all = [open('p95', 200), open('p95', 200), open('p99', 1_000)]
  expect(notProvenNote(all)).toBe(
    'not proven: p95 at 95 % needs ≥200 requests, had 120, and 1 more',
  )
  expect(notProvenNote(all.slice(0, 2))).toBe(
    'not proven: p95 at 95 % needs ≥200 requests, had 120',
  )
})

test('nothing where all is proven, or where nothing can be', () => {
  const proven = { ...open('p95', 1), proof: { status: 'pass', confidence: 0.95 } } as const
  expect(notProvenNote([proven, verdict({ metric: 'p95' })])).toBeUndefined()
})
