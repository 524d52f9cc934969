import { expect, profile, test } from 'vitest-perf'
import { strategies } from './targets.ts'
import { families } from './users/families.ts'

test('strategies', async ({ load }) => {
  const run = await load(profile('module'), families.strategies)
  expect(run).toMeet(strategies)
})
