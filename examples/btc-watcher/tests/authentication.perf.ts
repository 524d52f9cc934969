import { expect, profile, test } from 'vitest-perf'
import { heldTo } from './held-to.ts'
import { authentication } from './targets.ts'
import { families } from './users/families.ts'

test('authentication', async ({ load }) => {
  const run = await load(profile('module', heldTo(authentication)), families.authentication)
  expect(run).toMeetLimits()
})
