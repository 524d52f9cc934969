import { describe, expect, test } from 'vitest'
import type { LoadOptions } from '../../src/load/options.ts'
import { overridden } from '../../src/load/overridden.ts'
import { readOverrides } from '../../src/load/profile-overrides.ts'
import { profile } from '../../src/load/profile-reference.ts'
import { resolveProfile } from '../../src/load/profiles.ts'
import { messageOf } from '../support/message-of.ts'

const CLOSED: LoadOptions = { users: 100, rampUp: '10s', duration: '5m' }
const RATE: LoadOptions = { rate: '50/s', duration: '1m' }

test.each<[string, Record<string, string>, LoadOptions, LoadOptions]>([
  ['nothing', {}, CLOSED, { users: 100, rampUp: 10_000, duration: '5m' }],
  [
    'users, at the spawn rate of the profile: 10 a second',
    { PERF_USERS: '20' },
    CLOSED,
    { users: 20, rampUp: 2_000, duration: '5m' },
  ],
  [
    'a spawn rate',
    { PERF_SPAWN_RATE: '50' },
    CLOSED,
    { users: 100, rampUp: 2_000, duration: '5m' },
  ],
  [
    'both',
    { PERF_USERS: '30', PERF_SPAWN_RATE: '60/min' },
    CLOSED,
    { users: 30, rampUp: 30_000, duration: '5m' },
  ],
  [
    'a duration',
    { PERF_DURATION: '20s' },
    CLOSED,
    { users: 100, rampUp: 10_000, duration: 20_000 },
  ],
  [
    'a scale of users, never below 1',
    { PERF_SCALE: '0.001' },
    CLOSED,
    { users: 1, rampUp: 100, duration: '5m' },
  ],
  [
    'a scale of users given',
    { PERF_USERS: '30', PERF_SCALE: '0.5' },
    CLOSED,
    { users: 15, rampUp: 1_500, duration: '5m' },
  ],
  [
    'a scale of iterations',
    { PERF_SCALE: '0.1' },
    { users: 50, iterations: 200 },
    { users: 5, rampUp: 0, iterations: 20 },
  ],
  [
    'a duration instead of iterations',
    { PERF_DURATION: '5s' },
    { users: 5, iterations: 200 },
    { users: 5, rampUp: 0, duration: 5_000 },
  ],
  ['a scale of a rate', { PERF_SCALE: '0.1' }, RATE, { rate: 5, duration: '1m' }],
  [
    'a scale of stages',
    { PERF_SCALE: '2' },
    { stages: [{ rate: '5/s', duration: '1s' }] },
    { stages: [{ rate: 10, duration: '1s' }] },
  ],
  [
    'a scale of stages and of what they start from',
    { PERF_SCALE: '2' },
    { stages: [{ rate: '5/s', duration: '1s' }], startRate: '1/s' },
    { stages: [{ rate: 10, duration: '1s' }], startRate: 2 },
  ],
  [
    'users: the most at once of stages; none stays none, and a few at least 1',
    { PERF_USERS: '10' },
    {
      startUsers: 1,
      stages: [
        { users: 100, duration: '1s' },
        { users: 0, duration: '1s' },
      ],
    },
    {
      startUsers: 1,
      stages: [
        { users: 10, duration: '1s' },
        { users: 0, duration: '1s' },
      ],
    },
  ],
  [
    'a scale of stages of users',
    { PERF_SCALE: '0.5' },
    { stages: [{ users: 100, duration: '1s' }] },
    { stages: [{ users: 50, duration: '1s' }] },
  ],
  [
    'users, at the spawn rate that the profile says itself',
    { PERF_USERS: '20' },
    { users: 100, spawnRate: '5/s', duration: '5m', rampDown: '1s' },
    { users: 20, rampUp: 4_000, duration: '5m', rampDown: '1s' },
  ],
  [
    'a duration instead of iterations of each user, whose bound goes with them',
    { PERF_DURATION: '5s' },
    { users: 5, iterationsPerUser: 200, maxDuration: '1m' },
    { users: 5, rampUp: 0, duration: 5_000 },
  ],
  [
    'a scale of users with iterations of their own',
    { PERF_SCALE: '2' },
    { users: 5, iterationsPerUser: 200, maxDuration: '1m' },
    { users: 10, rampUp: 0, iterationsPerUser: 200, maxDuration: '1m' },
  ],
])('%s', (_what, environment, options, expected) => {
  expect(overridden(options, readOverrides(environment))).toEqual(expected)
})

test('a profile by another name, and where all of it came from', () => {
  const overrides = readOverrides({ PERF_PROFILE: 'light', PERF_USERS: '2', PERF_DURATION: '5s' })
  const { options, source } = resolveProfile(profile('smoke'), {}, overrides)
  expect(options).toEqual({ users: 2, rampUp: 2_000, duration: 5_000 })
  expect(source).toBe(
    'profile light, PERF_PROFILE instead of smoke, PERF_USERS 2, PERF_DURATION 5 s',
  )
  expect(resolveProfile(profile('smoke'), {}).source).toBe('profile smoke')
})

test('figures that a test states are not overridden', () => {
  expect(resolveProfile(CLOSED, {}, { users: 2, scale: 0.1 })).toEqual({
    options: CLOSED,
    source: undefined,
  })
})

describe('mistakes', () => {
  test('all at once', () => {
    const environment = {
      PERF_USERS: 'many',
      PERF_SPAWN_RATE: '0',
      PERF_DURATION: '5',
      PERF_SCALE: '-1',
    }
    expect(messageOf(() => readOverrides(environment))).toMatchInlineSnapshot(`
      "the environment has 4 mistakes:
        - PERF_USERS must be a whole number of at least 1, got "many"
        - PERF_SPAWN_RATE must be more than 0, like 5 or 50/s, got "0"
        - PERF_DURATION must be milliseconds or a string like '250ms', '1.5s', '2m', got "5". Write the unit: '5ms', '5s', '5m', '5h'
        - PERF_SCALE must be a number above 0, like 0.1, got "-1""
    `)
  })

  test('a profile that there is not', () => {
    expect(
      messageOf(() => resolveProfile(profile('smoke'), {}, { profile: 'spik' })),
    ).toMatchInlineSnapshot(
      `
      "PERF_PROFILE=spik is not a profile; did you mean "spike"? Known:
        smoke: does it work at all? 10 users, 2 more each second, for 1 min
        load: a busy day: 100 users, 10 more each second, for 5 min
        stress: more than it is built for: 500 users, 50 more each second, for 10 min
        spike: a sudden rush: 1,000 users, 200 more each second, for 3 min
        light: development: 10 users, 1 more each second, for 1 min
        medium: a regular check: 20 users, 2 more each second, for 5 min
        heavy: before a release: 50 users, 5 more each second, for 10 min
        endurance: leaks and slow decay: 50 users, 1 more each second, for 30 min
        soak: the same as endurance
        ramp-up: how much it can take: 10 users, 10 more every 30 s, up to 500, until limits break"
    `,
    )
  })

  test('users of a profile with a rate', () => {
    expect(messageOf(() => overridden(RATE, { users: 5 }))).toMatchInlineSnapshot(
      `"PERF_USERS has no meaning for a profile with a rate: set PERF_SCALE, which scales it"`,
    )
  })

  test('what has no meaning for stages', () => {
    const overrides = { users: 5, spawnRate: 2, duration: 1_000 }
    const ofUsers = [{ users: 5, duration: '1s' }] as const
    expect(messageOf(() => overridden({ stages: ofUsers }, overrides))).toMatchInlineSnapshot(`
      "the environment has 2 mistakes:
        - PERF_SPAWN_RATE has no meaning for a profile with stages of users, which say how fast: set PERF_USERS, the most at once, or PERF_SCALE
        - PERF_DURATION has no meaning for a profile with stages, which have their own: name a shorter profile in PERF_PROFILE"
    `)
    const ofRates = [{ rate: 5, duration: '1s' }] as const
    expect(messageOf(() => overridden({ stages: ofRates }, overrides))).toMatchInlineSnapshot(`
      "the environment has 3 mistakes:
        - PERF_USERS has no meaning for a profile with a rate: set PERF_SCALE, which scales it
        - PERF_SPAWN_RATE has no meaning for a profile with a rate: set PERF_SCALE, which scales it
        - PERF_DURATION has no meaning for a profile with stages, which have their own: name a shorter profile in PERF_PROFILE"
    `)
  })

  test('an empty variable is none', () => {
    expect(readOverrides({ PERF_USERS: '', PERF_PROFILE: '' })).toEqual({})
  })
})
