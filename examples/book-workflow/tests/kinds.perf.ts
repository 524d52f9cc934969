import { expect, profile, test } from 'vitest-perf'
import { arriving, asking } from './authors.ts'
import { limits } from './limits.ts'

test('response time of a whole chapter', async ({ load }) => {
  const run = await load(
    profile('response time', { limits: limits['response time'] }),
    asking('write'),
  )
  expect(run).toMeetLimits()
})

test('throughput: so many chapters a second, however long they take', async ({ load }) => {
  const run = await load(profile('throughput', { limits: limits.throughput }), arriving('write'))
  expect(run).toMeetLimits()
})

test('time to the first token', async ({ load }) => {
  const run = await load(
    profile('first token', { limits: limits['first token'] }),
    asking('outline'),
  )
  expect(run).toMeetLimits()
})
