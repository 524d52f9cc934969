import { describe, expect, test } from 'vitest'
import { DEFAULT_TIMEOUTS } from '../../src/clients/timeouts.ts'
import { phasesOf } from '../../src/load/course.ts'
import type { OpenPlan } from '../../src/load/open-options.ts'
import { planLoad } from '../../src/load/options.ts'
import { profile } from '../../src/load/profile-reference.ts'
import { resolveProfile } from '../../src/load/profiles.ts'
import { messageOf } from '../support/message-of.ts'

const plan = (options: unknown): ReturnType<typeof planLoad> => planLoad(options, DEFAULT_TIMEOUTS)

test('strings become numbers, and what is not said has a default', () => {
  expect(plan({ users: 100, rampUp: '5s', duration: '1.5m' })).toMatchObject({
    users: 100,
    rampUp: 5_000,
    warmUp: 0,
    duration: 90_000,
    iterations: undefined,
    gracefulStop: 30_000,
    connection: 'perUser',
  })
})

describe('mistakes are found before any traffic', () => {
  test.each([
    [{ users: -1, duration: '1s' }, 'load.users must be a whole number of at least 1, got -1'],
    [{ users: 1.5, duration: '1s' }, 'load.users must be a whole number of at least 1, got 1.5'],
    [
      { users: 1 },
      "load must have one of duration ('30s'), iterations (200 in all) and iterationsPerUser (20), got none of them",
    ],
    [
      { users: 1, duration: '1s', iterations: 3 },
      "load must have one of duration ('30s'), iterations (200 in all) and iterationsPerUser (20), got duration and iterations",
    ],
    [{ users: 1, iterations: 0 }, 'load.iterations must be a whole number of at least 1, got 0'],
    [{ users: 1, duration: 0 }, "load.duration must be longer than nothing, like '30s', got 0"],
    [
      { users: 1, duration: '1s', maxDuration: '2s' },
      'load.maxDuration bounds a load of iterations; with duration leave it out',
    ],
    [
      { users: 1, duration: '1s', connection: 'pool' },
      `load.connection must be 'perUser' or 'shared' or 'perRequest', got "pool"`,
    ],
  ])('%j', (options, message) => {
    expect(() => plan(options)).toThrow(message)
  })

  test('a string without a unit says what to write', () => {
    expect(messageOf(() => plan({ users: 1, duration: '30' }))).toMatchInlineSnapshot(
      `"load.duration must be milliseconds or a string like '250ms', '1.5s', '2m', got "30". Write the unit: '30ms', '30s', '30m', '30h'"`,
    )
  })

  test('all mistakes come in one error', () => {
    expect(messageOf(() => plan({ user: 10, users: 0, rampUp: '5 sec', duration: '30s' })))
      .toMatchInlineSnapshot(`
        "load has 3 mistakes:
          - load.user is not an option; known: "users", "rate", "stages", "steps", "startUsers", "startRate", "maxUsers", "preAllocated", "arrivals", "duration", "rampUp", "spawnRate" and 18 more; did you mean "users"?
          - load.users must be a whole number of at least 1, got 0
          - load.rampUp must be milliseconds or a string like '250ms', '1.5s', '2m', got "5 sec""
      `)
  })
})

describe('a closed load', () => {
  test('of stages has as many users as their most, and lasts as long as all of them', () => {
    const stages = [
      { users: 10, duration: '30s' },
      { users: 50, duration: '1m' },
      { users: 0, duration: 0 },
    ]
    expect(plan({ stages })).toMatchObject({
      model: 'closed',
      users: 50,
      duration: 90_000,
      stages: [
        { from: 0, to: 10, duration: 30_000 },
        { from: 10, to: 50, duration: 60_000 },
        { from: 50, to: 0, duration: 0 },
      ],
    })
    expect(plan({ stages, startUsers: 60 })).toMatchObject({ users: 60 })
    // Nobody waits for those whom a step sends away at once.
    const steps = [{ users: 70, duration: 0 }, { users: 5, duration: 0 }, ...stages]
    expect(plan({ stages: steps, startUsers: 60 })).toMatchObject({ users: 50 })
  })

  test('starts as many users in a second as its spawn rate says', () => {
    expect(plan({ users: 30, spawnRate: '60/min', duration: 1 })).toMatchObject({ rampUp: 30_000 })
  })

  test.each([
    [{ duration: '1s' }, "load.users is missing: say users (10), a rate ('50/s'), or stages"],
    [
      { users: 5, spawnRate: 0, duration: '1s' },
      "load.spawnRate must be more than 0, like '10/s', got 0",
    ],
    [
      { users: 5, duration: '1s', judge: 'ramp-up' },
      `load.judge must be 'steady' or 'all', got "ramp-up"`,
    ],
    [
      { stages: [{ users: 0, duration: '1s' }] },
      'load.stages ask for no user at all: give one of them users',
    ],
    [
      { stages: [{ users: 5, duration: 0 }] },
      "load.stages take no time at all: give one of them a duration, like '10s'",
    ],
    [
      { stages: [{ users: 1.5, duration: '1s' }] },
      'load.stages[0].users must be a whole number of at least 0, got 1.5',
    ],
    [
      { stages: [], startUsers: 5 },
      "load.stages must be a list like [{ users: 50, duration: '10s' }], got []",
    ],
    [
      { stages: [{ users: 5, duration: '1s' }], warmUp: '1s' },
      'load.warmUp is load before the stages with the users that these start from, and that is none: say startUsers, or leave it out',
    ],
  ])('refuses %j', (options, message) => {
    expect(messageOf(() => plan(options))).toBe(message)
  })
})

describe('an open load', () => {
  const open = (options: unknown): OpenPlan => {
    const made = plan(options)
    if (made.model !== 'open') throw new Error('it is closed')
    return made
  }

  test('of one rate is four stretches: ramp-up, warm-up, the judged one, ramp-down', () => {
    const options = { rate: '200/s', rampUp: '2s', warmUp: '1s', duration: '30s', rampDown: '4s' }
    const { stretches, steady, ...rest } = open(options)
    expect(stretches).toEqual([
      { from: 0, to: 200, duration: 2_000 },
      { from: 200, to: 200, duration: 1_000 },
      { from: 200, to: 200, duration: 30_000 },
      { from: 200, to: 0, duration: 4_000 },
    ])
    expect(steady).toEqual(stretches.slice(2, 3))
    expect(rest).toMatchObject({ arrivals: 'even', duration: 30_000, connection: 'perUser' })
  })

  test('of stages goes from rate to rate; the first holds its own unless startRate is said', () => {
    const stages = [
      { rate: '60/min', duration: '10s' },
      { rate: 50, duration: 0 },
      { rate: '20/s', duration: '5s' },
    ]
    expect(open({ stages })).toMatchObject({
      duration: 15_000,
      steady: [
        { from: 1, to: 1, duration: 10_000 },
        { from: 1, to: 50, duration: 0 },
        { from: 50, to: 20, duration: 5_000 },
      ],
    })
    expect(open({ stages, startRate: 0 }).steady[0]).toEqual({ from: 0, to: 1, duration: 10_000 })
  })

  test.each([
    ['0.5/s', 10, 1],
    ['20/s', 200, 20],
    ['200/s', 1_000, 200],
    ['5000/s', 5_000, 1_000],
  ])('of %s may keep %d users busy, %d of them connected ahead', (rate, maxUsers, preAllocated) => {
    expect(open({ rate, duration: '30s' })).toMatchObject({ maxUsers, preAllocated })
  })

  test('with fewer users connects no more than those', () => {
    expect(open({ rate: '200/s', duration: '30s', maxUsers: 50 }).preAllocated).toBe(50)
  })

  test.each([
    [{ rate: 0, duration: '1s' }, "load.rate must be more than 0, like '50/s', got 0"],
    [
      { rate: '-5/s', duration: '1s' },
      `load.rate must be a number per second or a string like '50/s', '120/min', got "-5/s". It cannot be negative`,
    ],
    [{ rate: '5/s' }, "load.duration is missing: with a rate say '30s'"],
    [{ rate: '5/s', duration: 0 }, "load.duration must be longer than nothing, like '30s', got 0"],
    [
      { rate: '5/s', duration: '1s', arrivals: 'random' },
      `load.arrivals must be 'even' or 'poisson', got "random"`,
    ],
    [
      { rate: '5/s', duration: '1s', maxUsers: 5, preAllocated: 6 },
      'load.preAllocated is more than maxUsers (5): raise that, or lower this',
    ],
    [
      { rate: '5/s', duration: '1s', startRate: '1/s' },
      'load.startRate is where stages start from: with one rate say rampUp, or leave it out',
    ],
    [{ stages: [] }, "load.stages must be a list like [{ rate: '50/s', duration: '10s' }], got []"],
    [
      { stages: [{ rate: 0, duration: '1s' }] },
      'load.stages ask for no arrival at all: give one a rate and a duration above 0',
    ],
    [
      { stages: [{ rate: 1, duration: '1s', users: 5 }] },
      "load.stages[0].users is of another kind of load than the other stages: write { rate: '50/s', duration: '10s' }, or users in each stage",
    ],
    [
      { stages: [{ rate: 1, duration: '1s' }, { rate: 2 }] },
      "load.stages[1].duration must be milliseconds or a string like '250ms', '1.5s', '2m'",
    ],
    [
      { stages: [{ rate: 5, duration: '1s' }], startRate: 0, warmUp: '1s' },
      'load.warmUp is load at the first rate of the stages, and that is 0: say startRate, or leave it out',
    ],
    [
      { users: 5, duration: '1s', maxUsers: 5 },
      'load.maxUsers bounds an open load: beside users leave it out, or say rate instead of users',
    ],
    [
      { users: 5, duration: '1s', arrivals: 'poisson' },
      'load.arrivals is of an open load: beside users leave it out, or say rate instead of users',
    ],
  ])('refuses %j', (options, message) => {
    expect(messageOf(() => plan(options))).toBe(message)
  })

  test('refuses what only a closed load has, all at once', () => {
    const options = { rate: '5/s', duration: '1s', users: 5, iterations: 9, maxDuration: '1m' }
    expect(messageOf(() => plan(options))).toMatchInlineSnapshot(`
      "load has 3 mistakes:
        - load.users is of a closed load: with a rate say maxUsers, the most that may be busy at once
        - load.iterations ends a closed load: with a rate say duration ('30s')
        - load.maxDuration bounds a closed load of iterations: with a rate leave it out"
    `)
  })

  test('refuses beside stages what these say themselves', () => {
    const stages = [{ rate: '5/s', duration: '1s' }]
    const options = { stages, rate: '5/s', duration: '1s', rampUp: '1s' }
    expect(messageOf(() => plan(options))).toMatchInlineSnapshot(`
      "load has 3 mistakes:
        - load.rate is one rate and stages are several: leave one of them out
        - load.duration is said by each of the stages: leave it out
        - load.rampUp is the first of the stages, from startRate: leave it out"
    `)
  })
})

test.each([
  [{ users: 5, duration: 9 }, ['steady@0']],
  [{ users: 5, duration: 9, rampUp: 5 }, ['ramp-up@0', 'steady@5']],
  [{ users: 5, duration: 9, rampUp: 5, warmUp: 2 }, ['ramp-up@0', 'warm-up@5', 'steady@7']],
  [{ users: 5, duration: 9, warmUp: 2 }, ['warm-up@0', 'steady@2']],
  [{ users: 5, duration: 9, warmUp: 2, rampDown: 1 }, ['warm-up@0', 'steady@2', 'ramp-down@11']],
  [{ users: 5, duration: 9, rampUp: 5, warmUp: 2, rampDown: 1, judge: 'all' }, ['steady@0']],
  [{ users: 5, iterations: 10, rampUp: 5 }, ['steady@0']],
  [{ users: 5, iterationsPerUser: 10, rampUp: 5, warmUp: 1 }, ['warm-up@0', 'steady@1']],
  [{ stages: [{ users: 5, duration: 9 }] }, ['steady@0']],
  [{ startUsers: 2, warmUp: 3, stages: [{ users: 5, duration: 9 }] }, ['warm-up@0', 'steady@3']],
  [{ rate: 5, duration: 9, rampUp: 5, rampDown: 1 }, ['ramp-up@0', 'steady@5', 'ramp-down@14']],
])('%j has the phases %j', (options, expected) => {
  expect(phasesOf(plan(options)).map(({ name, from }) => `${name}@${from}`)).toEqual(expected)
})

describe('profiles', () => {
  test('smoke starts 10 users, two a second, for a minute', () => {
    expect(plan(resolveProfile(profile('smoke'), {}).options)).toMatchObject({
      users: 10,
      rampUp: 5_000,
      duration: 60_000,
    })
  })

  test('an own profile wins over a built-in one', () => {
    const own = { smoke: { users: 2, duration: '1s' } } as const
    expect(resolveProfile(profile('smoke'), own).options).toEqual({ rampUp: 0, ...own.smoke })
  })

  test('an unknown profile names the nearest known one', () => {
    expect(messageOf(() => resolveProfile(profile('smok'), {}))).toMatchInlineSnapshot(
      `
      "profile("smok") is not a profile; did you mean "smoke"? Known:
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
})
