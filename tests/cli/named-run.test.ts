import { expect, test } from 'vitest'
import { namedRun, noSuchRun } from '../../src/cli/named-run.ts'
import { messageOf } from '../support/message-of.ts'

const RUNS = [
  '2026-11-21T21-22-12-z0ow',
  '2026-11-21T21-05-40-k3x9',
  '2026-11-20T08-00-00-ksfs',
  '2026-10-01T08-00-00-a1b2',
].map((id) => ({ id }))

test.each([
  ['no name', undefined, 'z0ow'],
  ['latest', 'latest', 'z0ow'],
  ['the one before the latest', 'latest~1', 'k3x9'],
  ['the whole name', '2026-11-20T08-00-00-ksfs', 'ksfs'],
  ['its beginning, as far as no other begins like this', '2026-11-20', 'ksfs'],
  ['the letters at its end', 'a1b2', 'a1b2'],
])('%s is a name', (_, name, letters) => {
  expect(namedRun(name, RUNS)?.id).toMatch(new RegExp(`${letters}$`))
})

test('a beginning that several have is none', () => {
  expect(messageOf(() => namedRun('2026-11', RUNS))).toBe(
    '"2026-11" begins 3 runs: 2026-11-21T21-22-12-z0ow, 2026-11-21T21-05-40-k3x9, 2026-11-20T08-00-00-ksfs. Write more of it',
  )
})

test.each(['2026-11-21T21-22-12-z0wo', 'latest~9', 'latest2', 'smoke'])('%s is none', (name) => {
  expect(namedRun(name, RUNS)).toBeUndefined()
})

test.each([
  [
    'a slip',
    '2026-11-21T21-22-12-z0wo',
    RUNS,
    'no run is called "2026-11-21T21-22-12-z0wo": vitest-perf results lists all 4. Did you mean 2026-11-21T21-22-12-z0ow?',
  ],
  ['another name', 'smoke', RUNS, 'no run is called "smoke": vitest-perf results lists all 4.'],
  ['no run at all', undefined, [], 'there is no run yet: vitest-perf run makes one'],
])('%s is told', (_, name, runs, message) => {
  expect(noSuchRun(name, runs).message).toBe(message)
})
