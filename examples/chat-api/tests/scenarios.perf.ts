import { expect, profile, test } from 'vitest-perf'
import { chatUser } from './chat-user.ts'
import { scenarios } from './scenarios.ts'

test.for(scenarios)('scenario $name, $purpose', async ({ name }, { load }) => {
  const run = await load(profile(name), chatUser)
  expect(run).toMeetLimits()
})
