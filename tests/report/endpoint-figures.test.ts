import { expect, test } from 'vitest'
import { endpointsOf } from '../../src/report/endpoint-figures.ts'
import { recordedRun } from '../support/recorded.ts'

const names = (rows: readonly { readonly name: string }[]): string[] => rows.map(({ name }) => name)

const run = recordedRun([
  { name: 'slow but rare', took: 900, tags: ['read'] },
  { name: 'busy', took: 20, times: 200, tags: ['read', 'hot'] },
  { name: 'quick', took: 1, times: 50 },
  { name: 'broken', outcome: 'status', times: 1 },
])

test('the endpoints stand in the order of their first call', () => {
  expect(names(endpointsOf(run, 4).rows)).toEqual(['slow but rare', 'busy', 'quick', 'broken'])
})

test('of too many those stay that failed, and then those that users spent the most time on', () => {
  const { rows, left } = endpointsOf(run, 2)
  expect(names(rows)).toEqual(['broken', 'busy'])
  expect(left).toBe(2)
})

test('requests that share a tag have a row together; a single one has its own already', () => {
  expect(endpointsOf(run, 4).tagged).toMatchObject([
    { name: '#read', requests: '201', p50: '20 ms', failed: '0 %' },
  ])
})
