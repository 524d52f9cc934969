import { expect, test } from 'vitest'
import type { Verdict } from '../../src/limits/verdict.ts'
import { manyNote, notProvenNote } from '../../src/report/not-proven.ts'
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

test('five seconds are not asked for beside requests, for which there is no room', () => {
  const [one] = [open('p95', 200)]
  const short = { ...one, proof: { ...one.proof, short: 5 } } as Verdict
  expect(notProvenNote([short])).toBe('not proven: p95 at 95 % needs ≥200 requests, had 120')
  const enough = { ...short, samples: 5_000 }
  expect(notProvenNote([enough])).toBe('not proven: p95 at 95 % needs ≥5 s of judged time')
})

test('of many limits, of which one is surely missed', () => {
  const missed = { ...open('p95', 1), proof: { status: 'fail', confidence: 0.95 } } as Verdict
  const note = manyNote(Array.from({ length: 20 }, () => missed))
  expect(note).toBe('chance alone misses one of 20 limits at 95 % in up to 65 % of runs')
  expect(manyNote([missed, missed])).toBeUndefined()
})

test('nothing where all is proven, or where nothing can be', () => {
  const proven = { ...open('p95', 1), proof: { status: 'pass', confidence: 0.95 } } as const
  expect(notProvenNote([proven, verdict({ metric: 'p95' })])).toBeUndefined()
})
