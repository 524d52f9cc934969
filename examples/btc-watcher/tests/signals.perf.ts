import { expect, profile, test } from 'vitest-perf'
import { heldTo } from './held-to.ts'
import { signals } from './targets.ts'
import { families } from './users/families.ts'

test('signals', async ({ load }) => {
  const run = await load(profile('module', heldTo(signals)), families.signals)
  expect(run).toMeetLimits()
})
