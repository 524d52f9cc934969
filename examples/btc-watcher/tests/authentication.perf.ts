import { expect, profile, test } from 'vitest-perf'
import { authentication } from './targets.ts'
import { families } from './users/families.ts'

test('authentication', async ({ load }) => {
  const run = await load(profile('module'), families.authentication)
  expect(run).toMeet(authentication)
})
