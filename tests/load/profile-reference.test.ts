import { expect, test } from 'vitest'
import { profile } from '../../src/load/profile-reference.ts'
import { BUILT_IN, resolveProfile } from '../../src/load/profiles.ts'
import { DESCRIPTIONS } from '../../src/load/profile-descriptions.ts'
import { messageOf } from '../support/message-of.ts'

test('what is not the shape of a load may be said beside its profile', () => {
  const limits = { p95: '300ms' } as const
  const reference = profile('smoke', { limits, seed: 7, timeout: '5s', connection: 'shared' })
  expect(resolveProfile(reference, {}).options).toEqual({
    ...resolveProfile(profile('smoke'), {}).options,
    limits,
    seed: 7,
    timeout: '5s',
    connection: 'shared',
  })
})

test('it wins over what the profile says of the same', () => {
  const own = { quick: { users: 1, iterations: 1, seed: 1 } }
  expect(resolveProfile(profile('quick', { seed: 2 }), own).options).toMatchObject({ seed: 2 })
})

test('users and times are the profile’s', () => {
  const options: object = { users: 5, duration: '1m', limits: {} }
  expect(messageOf(() => profile('smoke', options))).toMatchInlineSnapshot(`
    "profile("smoke", options) has 2 mistakes:
      - profile("smoke", options): users is the profile's to say; write a profile of your own in perf({ profiles }), or all options of the load without a profile, load({ … }, …)
      - profile("smoke", options): duration is the profile's to say; write a profile of your own in perf({ profiles }), or all options of the load without a profile, load({ … }, …)"
  `)
})

test('an unknown profile: what there is, and what it is for', () => {
  const own = {
    nightly: { users: 1, iterations: 1, description: 'all night long' },
    bare: { users: 1, iterations: 1 },
  }
  expect(messageOf(() => resolveProfile(profile('nightli'), own))).toMatchInlineSnapshot(`
    "profile("nightli") is not a profile; did you mean "nightly"? Known:
      smoke: does it work at all? 10 users, 2 more each second, for 1 min
      load: a busy day: 100 users, 10 more each second, for 5 min
      stress: more than it is built for: 500 users, 50 more each second, for 10 min
      spike: a sudden rush: 1,000 users, 200 more each second, for 3 min
      light: development: 10 users, 1 more each second, for 1 min
      medium: a regular check: 20 users, 2 more each second, for 5 min
      heavy: before a release: 50 users, 5 more each second, for 10 min
      endurance: leaks and slow decay: 50 users, 1 more each second, for 30 min
      soak: the same as endurance
      ramp-up: how much it can take: 10 users, 10 more every 30 s, up to 500, until limits break
      nightly: all night long
      bare"
  `)
})

test('one of the suite with the name of a built-in one is not what that is for', () => {
  const own = { smoke: { users: 1, iterations: 1 } }
  const lines = messageOf(() => resolveProfile(profile('none'), own)).split('\n')
  expect(lines).toContain('  smoke')
})

test('every built-in profile is described', () => {
  expect(Object.keys(DESCRIPTIONS)).toEqual(Object.keys(BUILT_IN))
})
