import { describe, expect, profile, test } from 'vitest-perf'
import { excluded, thresholds } from './thresholds.ts'
import { users } from './users/all.ts'

describe('backend', () => {
  /** What runs on every change: seconds, not minutes. */
  test('smoke', async ({ load }) => {
    const run = await load({ users: 8, rampUp: '1s', duration: '3s' }, users)
    expect(run.iterations).toHaveSuccessRateAbove('99%')
  })

  /** `PERF_PROFILE=heavy npx vitest` runs it with another profile, each with weights of its own. */
  test('user flows', async ({ load }) => {
    const run = await load(profile('light'), users)
    expect.soft(run).toMeet(thresholds)
    for (const route of excluded) {
      expect(run.requests.filter(({ name }) => name.includes(route))).toEqual([])
    }
  })
})
