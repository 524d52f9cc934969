import { expect, test } from 'vitest'
import { displayWidth } from '../../src/report/display-width.ts'
import {
  accountsOf,
  generatorFacts,
  generatorWarnings,
  openAccountsOf,
} from '../../src/report/generator-facts.ts'
import { generator, recordedRun, THREE_GENERATORS } from '../support/recorded.ts'

const healthy = recordedRun([{ times: 4 }])

test('a run says how busy its generator was, and how it kept up', () => {
  const run = recordedRun([{}], {
    generator: { lag: { count: 40, p99: 1.2 }, opened: { count: 100 }, inFlight: 41.3 },
  })
  expect(generatorFacts(run)).toEqual([
    'loop 41 % busy, delay p99 6.1 ms · lag p99 1.2 ms · GC 34 ms',
    'CPU 0.42 of 2, host 71 % · 100 connections · 41.3 in flight',
  ])
})

test('what is not known is a dash', () => {
  const run = recordedRun([], {
    generator: {
      loop: { delay: {}, series: [] },
      gc: { count: 0, total: 0 },
      cpu: { cores: 0 },
      inFlight: undefined,
    },
  })
  expect(generatorFacts(run)).toEqual([
    'loop – busy, delay p99 – · GC 0 ms',
    'CPU –, host – · – in flight',
  ])
})

test('with the widest of figures it fits a line of 80 columns', () => {
  const run = recordedRun([{}], {
    generator: {
      loop: { busy: 1, delay: { p99: 12.34 }, series: [] },
      cpu: { process: 12.34, host: 1, cores: 128 },
      lag: { count: 1, p99: 12_340 },
      gc: { count: 1, total: 12_340 },
      opened: { count: 1_204 },
      inFlight: 1_234,
    },
  })
  const wide = THREE_GENERATORS?.map((each) => ({ ...each, late: 123.4 })) ?? []
  const many = Array.from({ length: 400 }, () => wide.slice(0, 2)).flat()
  const label = '   generator '.length
  expect(
    Math.max(
      ...generatorFacts({ ...run, generators: many }).map((line) => displayWidth(line) + label),
    ),
  ).toBeLessThanOrEqual(80)
})

test('of several generators the worst is told, and how far they were apart', () => {
  const run = { ...recordedRun([{}]), generators: THREE_GENERATORS }
  expect(generatorFacts(run).at(-1)).toBe(
    'worst of 3 · loops 31–62 % busy · 12 ms apart · clocks ±0.4 ms',
  )
  expect(generatorWarnings(run)).toEqual(['generator 3 of 3 was lost: its process ended'])
})

test('a run of an older version says nothing of it', () => {
  const old = { ...healthy, generator: undefined }
  expect([generatorFacts(old), accountsOf(old), generatorWarnings(old)]).toEqual([[], [], []])
})

test('everything intended is accounted for; where all went well the table says it', () => {
  expect(accountsOf(healthy)).toEqual(['4 iterations = 4 ok', '4 requests = 4 ok'])
  expect(openAccountsOf(healthy)).toEqual([])
  const iterations = {
    intended: 6_000,
    ok: 5_900,
    failed: 50,
    aborted: 9,
    dropped: 40,
    unfinished: 1,
  }
  const run = recordedRun([{ times: 2 }, { outcome: 'status' }], { generator: { iterations } })
  expect(openAccountsOf(run)).toEqual([
    '6,000 iterations = 5,900 ok + 50 failed + 9 aborted + 40 dropped + 1 unfinished',
    '3 requests = 2 ok + 1 failed',
  ])
})

test.each([
  [{}, []],
  [
    { saturated: true, reasons: ['event loop busy 97 %', 'delay p99 183 ms', 'lag p99 212 ms'] },
    ['generator saturated: event loop busy 97 %, delay p99 183 ms, lag p99 212 ms'],
  ],
  [
    { hostBusy: true, reasons: ['host CPU 99 %, generator 10 %', 'delay p99 140 ms'] },
    ['machine busy: host CPU 99 %, generator 10 %', 'generator held up: delay p99 140 ms'],
  ],
  [{ users: { asked: 100, reached: 97 } }, ['97 of 100 users came to work']],
])('%j warns: %j', (figures, warnings) => {
  expect(generatorWarnings(recordedRun([{}], { generator: generator(figures) }))).toEqual(warnings)
  for (const each of warnings) expect(displayWidth(`   ! ${each}`)).toBeLessThanOrEqual(80)
})
