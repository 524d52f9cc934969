import { expect, profile, test } from 'vitest-perf'
import { heldTo } from './held-to.ts'
import { strategies } from './targets.ts'
import { families } from './users/families.ts'

test('strategies', async ({ load }) => {
  const run = await load(profile('module', heldTo(strategies)), families.strategies)
  expect(run).toMeetLimits()
})
