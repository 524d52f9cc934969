import { expect, profile, test } from 'vitest-perf'
import { signals } from './targets.ts'
import { families } from './users/families.ts'

test('signals', async ({ load }) => {
  const run = await load(profile('module'), families.signals)
  expect(run).toMeet(signals)
})
