import { describe, expect, profile, test } from 'vitest-perf'
import { heldTo } from './held-to.ts'
import { scenarios } from './targets.ts'
import { everyone } from './users/families.ts'

describe('scenarios', () => {
  test.for(['smoke', 'load', 'stress', 'spike'] as const)('%s', async (name, { load }) => {
    const run = await load(profile(name, heldTo(scenarios[name])), everyone)
    expect(run).toMeetLimits()
  })
})
