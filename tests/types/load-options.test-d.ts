// Checked by tsc alone: every line with an expected error fails the build once the compiler lets it through.
import { expect } from 'vitest'
import type { Load } from '../../src/load/load-function.ts'
import type { LoadOptions } from '../../src/load/options.ts'
import { perfMatchers } from '../../src/matchers.ts'

declare const load: Load

expect.extend(perfMatchers)

export const fine: readonly LoadOptions[] = [
  { users: 10, spawnRate: '2/s', duration: '30s', rampDown: '10s', judge: 'all' },
  { users: 10, iterationsPerUser: 20, maxDuration: '1m' },
  { stages: [{ users: 10, duration: '30s' }], startUsers: 5 },
  { rate: '50/s', duration: '30s', rampDown: '10s' },
  { stages: [{ rate: '50/s', duration: '30s' }], startRate: 5, judge: 'steady' },
]

export const wrong: readonly LoadOptions[] = [
  {
    stages: [
      { users: 10, duration: '30s' },
      // @ts-expect-error stages are of one kind
      { rate: '5/s', duration: '30s' },
    ],
  },
  // @ts-expect-error a stage has a duration
  { stages: [{ users: 10 }] },
  // @ts-expect-error a rate has its unit
  { users: 10, spawnRate: '2', duration: '30s' },
  // @ts-expect-error all or the steady part is judged
  { users: 10, duration: '30s', judge: 'ramp-up' },
  // @ts-expect-error a load has users, a rate or stages
  { duration: '30s' },
]

// The run of an open load has arrivals; of a profile nobody knows.
const open = await load({ rate: '50/s', duration: '30s' }, () => {})
expect(open.arrivals.lag).toHaveP99Below('10ms')
const closed = await load({ users: 5, duration: '30s' }, () => {})
// @ts-expect-error a closed load has no arrivals
expect(closed.arrivals.lag).toHaveP99Below('10ms')
const either = await load({ profile: 'nightly' }, () => {})
// @ts-expect-error a profile may be of users
expect(either.arrivals.lag).toHaveP99Below('10ms')
