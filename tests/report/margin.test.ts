import { expect, test } from 'vitest'
import type { Comparison } from '../../src/limits/verdict.ts'
import { limitOf, measuredOf } from '../../src/report/figures.ts'
import { byUrgency, marginOf } from '../../src/report/margin.ts'
import { verdict } from '../support/run-file-samples.ts'

const atLeast = 'at least'
const share = { unit: 'ratio', operator: atLeast, limit: 0.99 } as const
const errors = { unit: 'ratio', limit: 0.01 } as const
const rate = { unit: '/s', operator: atLeast, limit: 50 } as const

test.each<[Partial<Comparison>, string]>([
  [{ measured: 418 }, '418 ms, limit 300 ms, 39 % over'],
  [{ measured: 300.9 }, '301 ms, limit 300 ms, 0.3 % over'],
  [{ measured: 900 }, '900 ms, limit 300 ms, 3× the limit'],
  [{ measured: 174 }, '174 ms, limit 300 ms, 42 % spare'],
  [{ measured: 300 }, '300 ms, limit 300 ms, 0 % spare'],
  [{ measured: Infinity }, 'never, limit 300 ms, too many failed'],
  [{ measured: undefined }, 'not measured, limit 300 ms, '],
  [{ ...share, measured: 0.972 }, '97.2 %, limit 99 %, 1.8 points under'],
  [{ ...share, measured: 0.999 }, '99.9 %, limit 99 %, 90 % spare'],
  [{ ...share, measured: 1, limit: 1 }, '100 %, limit 100 %, '],
  [{ ...errors, measured: 0.032 }, '3.2 %, limit 1 %, 2.2 points over'],
  [{ ...errors, measured: 0.002 }, '0.2 %, limit 1 %, 80 % spare'],
  [{ ...errors, limit: 0, measured: 0 }, '0 %, limit 0 %, '],
  [{ ...rate, measured: 44 }, '44/s, limit 50/s, 12 % under'],
  [{ ...rate, measured: 80 }, '80/s, limit 50/s, 60 % spare'],
  [{ ...rate, measured: 1_000 }, '1,000/s, limit 50/s, 20× the limit'],
  [{ unit: 'bytes', limit: 100e6, measured: -2e6 }, '-2 MB, limit 100 MB, 102 % spare'],
  [{ unit: 'bytes', limit: 0, measured: 5e6 }, '5 MB, limit 0 B, '],
  [{ unit: 'bytes', limit: 1e9, measured: 1_000 }, '1 kB, limit 1 GB, 99 % spare'],
  [{ unit: 'cores', limit: 1, measured: 1.5 }, '1.5 cores, limit 1 core, 50 % over'],
])('%o reads %s', (comparison, expected) => {
  const judged = verdict(comparison)
  expect([measuredOf(judged), limitOf(judged), marginOf(judged)].join(', ')).toBe(expected)
})

test('a negated limit says what it must not be', () => {
  expect(limitOf(verdict({}, true))).toBe('not ≤ 300 ms')
  expect(limitOf(verdict(rate, true))).toBe('not ≥ 50/s')
  expect(marginOf(verdict({}, true))).toBe('')
})

test('failures keep their order; of the passed ones the tightest is first', () => {
  const verdicts = [
    verdict({ subject: 'loose', measured: 10 }),
    verdict({ subject: 'asked for the opposite', measured: 400 }, true),
    verdict({ subject: 'missed by much', measured: 3_000 }),
    verdict({ subject: 'tight', measured: 299 }),
    verdict({ subject: 'missed', measured: 301 }),
    verdict({ ...share, subject: 'nine tenths of the failures unused', measured: 0.999 }),
  ]
  const { failed, passed } = byUrgency(verdicts)
  expect(failed.map(({ subject }) => subject)).toEqual(['missed by much', 'missed'])
  expect(passed.map(({ subject }) => subject)).toEqual([
    'tight',
    'nine tenths of the failures unused',
    'loose',
    'asked for the opposite',
  ])
})
