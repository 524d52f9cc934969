import { expect, profile, test } from 'vitest-perf'
import { basicAuthor } from './authors.ts'
import { limits } from './limits.ts'
import { users } from './switches.ts'

test('spike: all authors come at once, and most of them leave again', async ({ load }) => {
  const run = await load(profile('spike', { limits: limits.spike }), basicAuthor)
  expect(run).toMeetLimits()
})

test('ramp-up: more and more authors, to see how many it can take', async ({ load }) => {
  const run = await load(profile('ramp-up', { limits: limits['ramp-up'] }), basicAuthor)
  expect(run.sustained.users).toBeGreaterThanOrEqual(users)
})

test('soak: the same authors for a long time', async ({ load }) => {
  const run = await load(profile('soak', { limits: limits.soak }), basicAuthor)
  expect(run).toMeetLimits()
})
