import { describe, expect, test } from 'vitest'
import { DEFAULT_TIMEOUTS } from '../../src/clients/timeouts.ts'
import { phasesOf, userStarts } from '../../src/load/closed-schedule.ts'
import { planLoad } from '../../src/load/options.ts'
import { profile, resolveProfile } from '../../src/load/profiles.ts'
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
    [{ users: 1 }, "load must have either duration ('30s') or iterations (200), got neither"],
    [
      { users: 1, duration: '1s', iterations: 3 },
      "load must have either duration ('30s') or iterations (200), got both",
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
          - load.user is not an option; known: "users", "rampUp", "warmUp", "duration", "iterations", "gracefulStop", "maxDuration", "connection", "timeout", "limits", "seed"; did you mean "users"?
          - load.users must be a whole number of at least 1, got 0
          - load.rampUp must be milliseconds or a string like '250ms', '1.5s', '2m', got "5 sec""
      `)
  })
})

test.each([
  [1, 1_000, [0], 'one user starts at once'],
  [4, 1_000, [0, 250, 500, 750], 'four users over a second start a quarter apart'],
  [3, 0, [0, 0, 0], 'without a ramp-up all start together'],
])('%d users over %d ms start at %j: %s', (users, rampUp, starts) => {
  expect(userStarts(users, rampUp)).toEqual(starts)
})

test.each([
  [{ rampUp: 0, warmUp: 0, iterations: undefined }, ['steady@0']],
  [{ rampUp: 5, warmUp: 0, iterations: undefined }, ['ramp-up@0', 'steady@5']],
  [{ rampUp: 5, warmUp: 2, iterations: undefined }, ['ramp-up@0', 'warm-up@5', 'steady@7']],
  [{ rampUp: 0, warmUp: 2, iterations: undefined }, ['warm-up@0', 'steady@2']],
  [{ rampUp: 5, warmUp: 0, iterations: 10 }, ['steady@0']],
])('%j has the phases %j', (shape, expected) => {
  expect(phasesOf(shape).map(({ name, from }) => `${name}@${from}`)).toEqual(expected)
})

describe('profiles', () => {
  test('smoke starts 10 users, two a second, for a minute', () => {
    expect(plan(resolveProfile(profile('smoke'), {}))).toMatchObject({
      users: 10,
      rampUp: 5_000,
      duration: 60_000,
    })
  })

  test('an own profile wins over a built-in one', () => {
    const own = { smoke: { users: 2, duration: '1s' } } as const
    expect(resolveProfile(profile('smoke'), own)).toEqual(own.smoke)
  })

  test('an unknown profile names the nearest known one', () => {
    expect(messageOf(() => resolveProfile(profile('smok'), {}))).toMatchInlineSnapshot(
      `"profile("smok") is not a profile; known: "smoke", "load", "stress", "spike", "light", "medium", "heavy", "endurance", "soak"; did you mean "smoke"?"`,
    )
  })
})
