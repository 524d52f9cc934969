import { expect, test } from 'vitest'
import { Checks } from '../../src/metrics/checks.ts'

test('checks are counted by name, and the first failure of each keeps its message', () => {
  const checks = new Checks()
  checks.note('has an id', true)
  checks.note('is fresh', false, 'expected 3 to be 4')
  checks.note('has an id', true)
  checks.note('is fresh', false, 'expected 5 to be 4')
  checks.note('is fresh', true)
  checks.note('is fresh', true)
  expect(checks.data()).toEqual([
    { kind: 'check', name: 'has an id', passed: 2, failed: 0, total: 2, rate: 1 },
    {
      kind: 'check',
      name: 'is fresh',
      passed: 2,
      failed: 2,
      total: 4,
      rate: 0.5,
      first: 'expected 3 to be 4',
    },
  ])
})

test('ids in names do not grow without bound: what comes late is counted together', () => {
  const checks = new Checks()
  for (let id = 0; id < 1_000; id++) checks.note(`item ${id}`, true)
  const data = checks.data()
  expect(data).toHaveLength(201)
  expect(data.at(-1)).toMatchObject({ name: '(others)', total: 800 })
})
