import { describe, expect, test } from 'vitest'
import { profile } from '../../src/load/profile-reference.ts'
import { weighKinds, type ProfileWeights } from '../../src/load/profile-weights.ts'
import { checkProfile, resolveProfile } from '../../src/load/profiles.ts'
import { runLoad } from '../../src/load/run-load.ts'
import { defineUser } from '../../src/load/user-definition.ts'
import { toKinds } from '../../src/load/user-kind.ts'
import { loadEnvironment } from '../support/load-environment.ts'
import { messageOf } from '../support/message-of.ts'

const user = (name: string, weight?: number) => defineUser({ name, weight }, { idle: () => {} })
const users = [user('health', 1), user('auth', 5), user('tasks', 2)]

const weighed = (weights: ProfileWeights) =>
  weighKinds(toKinds(users), weights).map(({ name, quota }) => [name, quota.weight])

test('a profile weighs users by name; what it does not name keeps its own weight', () => {
  expect(weighed({})).toEqual([
    ['health', 1],
    ['auth', 5],
    ['tasks', 2],
  ])
  expect(weighed({ health: 10, auth: 0.5 })).toEqual([
    ['health', 10],
    ['auth', 0.5],
    ['tasks', 2],
  ])
})

test('weight 0 leaves a user out', () => {
  expect(weighed({ auth: 0, tasks: 0 })).toEqual([['health', 1]])
})

test('users of a load are those of its profile', async () => {
  const seen: string[] = []
  const count = (name: string) => defineUser({ name }, { note: () => void seen.push(name) })
  const options = { users: 4, iterations: 4, weights: { a: 3, b: 1, c: 0 } }
  const { options: shape, weights } = resolveProfile(profile('own'), { own: options })
  await runLoad(shape, [count('a'), count('b'), count('c')], loadEnvironment({ weights }))
  expect(seen.toSorted()).toEqual(['a', 'a', 'a', 'b'])
})

describe('refused', () => {
  test.each<[string, ProfileWeights]>([
    ['users that are not there', { heath: 1, author: 2 }],
    ['no user left', { health: 0, auth: 0, tasks: 0 }],
  ])('%s', (_what, weights) => {
    expect(messageOf(() => weighed(weights))).toMatchSnapshot()
  })

  test('a weight of a user with a fixed count, but not 0', () => {
    const kinds = toKinds([
      defineUser({ name: 'one', fixedCount: 1 }, { idle: () => {} }),
      ...users,
    ])
    expect(weighKinds(kinds, { one: 0 })).toHaveLength(3)
    expect(messageOf(() => weighKinds(kinds, { one: 2 }))).toMatchInlineSnapshot(
      `"profile.weights["one"] is the weight of a user with a fixedCount, which has none: leave it out, or 0 to leave the user out"`,
    )
  })

  test('weights for a load of one function', async () => {
    const environment = loadEnvironment({ weights: { health: 1 } })
    const load = runLoad({ users: 1, iterations: 1 }, () => {}, environment)
    await expect(load).rejects.toThrowErrorMatchingInlineSnapshot(
      `[UsageError: the profile has weights for users, and load was given one function: give it users, load(profile(…), [defineUser({ name }, { … }), …])]`,
    )
  })

  test('a profile of the suite with mistakes, all at once', () => {
    const options = { users: 0, duration: '1m', weights: { a: -1, b: '2' }, description: 5 }
    expect(messageOf(() => checkProfile(options, 'perf.profiles.big'))).toMatchInlineSnapshot(`
      "perf.profiles.big has 3 mistakes:
        - perf.profiles.big.users must be a whole number of at least 1, got 0
        - perf.profiles.big.weights has 2 mistakes:
          - perf.profiles.big.weights["a"] must be a number from 0, got -1
          - perf.profiles.big.weights["b"] must be a number from 0, got "2"
        - perf.profiles.big.description must be a text, got 5"
    `)
    expect(
      messageOf(() => checkProfile({ users: 1, iterations: 1, weights: [1] }, 'perf.profiles.big')),
    ).toMatchInlineSnapshot(
      `"perf.profiles.big.weights must be weights by name like { 'chat user': 3, reader: 0 }, got [ 1 ]"`,
    )
  })
})
