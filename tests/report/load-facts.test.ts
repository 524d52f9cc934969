import { describe, expect, test } from 'vitest'
import type { ClosedShape } from '../../src/load/load-shape.ts'
import { factsOf, warningsOf } from '../../src/report/run-facts.ts'
import { fromRunRecord, toRunRecord } from '../../src/run-file/run-record.ts'
import { recordedRun } from '../support/recorded.ts'

const stages = (...users: readonly number[]): ClosedShape['stages'] =>
  users.slice(1).map((to, at) => ({ from: users[at] ?? 0, to, duration: 1_000 }))

test.each<[Partial<ClosedShape>, string]>([
  [{ users: 1_200 }, '10 s · 1,200 users'],
  [{ users: 1, iterationsPerUser: 5 }, '10 s · 1 user, 5 iterations each'],
  [{ users: 50, stages: stages(0, 50, 50, 0) }, '10 s · 0→50→0 users'],
  [{ users: 50, stages: stages(0, 50, 10, 30, 5, 0) }, '10 s · 0–50 users in 5 stages'],
  [{ users: 20, rampUp: 5_000, judge: 'all' }, '10 s, ramps judged too · 20 users'],
  [{ users: 20, judge: 'all' }, '10 s · 20 users'],
])('%j is %s, also when it was read again', (given, facts) => {
  const run = recordedRun([{ times: 4 }])
  const shape: ClosedShape = { ...(run.shape as ClosedShape), ...given }
  const changed = { ...run, shape }
  expect(factsOf(changed)).toBe(`${facts} · 4 requests · 0.4/s · seed 1`)
  const again = fromRunRecord(toRunRecord(changed))
  expect(factsOf(again)).toBe(factsOf(changed))
  expect(again.shape).toEqual(shape)
})

test('what failed in a ramp-down is said', () => {
  const run = recordedRun([{}])
  const summary = recordedRun([{ times: 3 }, { outcome: 'status' }])
  const changed = { ...run, phases: [{ name: 'ramp-down', summary }] as const }
  expect(warningsOf(fromRunRecord(toRunRecord(changed)))).toEqual([
    'ramp-down: 1 of 4 requests failed, not counted in these figures',
  ])
})

describe('a load that was steered by hand', () => {
  const steered = (...texts: readonly string[]) => ({
    ...recordedRun([{}]),
    marks: texts.map((text, at) => ({ at, kind: 'steered', text }) as const),
  })

  test.each([
    [['users 10 → 50'], 'users 10 → 50'],
    [['a', 'b', 'c', 'd', 'e'], '2 earlier changes, c, d, e'],
  ])('says what was done to it: %j', (texts, told) => {
    expect(warningsOf(fromRunRecord(toRunRecord(steered(...texts))))).toEqual([
      `steered by hand: ${told}`,
      'so verdicts are of the load as it went, not as its test has it',
    ])
  })

  test('says once that it was stopped', () => {
    const run = { ...steered('stopped by hand'), ending: 'stopped', reason: 'stopped by hand' }
    expect(warningsOf(run as typeof run & { ending: 'stopped' })).toEqual([
      'stopped after 10 s: stopped by hand',
    ])
  })
})
