import { describe, expect, test } from 'vitest'
import { DEFAULT_TIMEOUTS } from '../../src/clients/timeouts.ts'
import type { ClosedPlan } from '../../src/load/closed-options.ts'
import { planLoad, type LoadOptions } from '../../src/load/options.ts'
import { heldUsers, stintsOf, type Stint, type UserStretch } from '../../src/load/user-schedule.ts'
import { seededRandom } from '../../src/stats/random.ts'

const plan = (options: unknown): ClosedPlan => {
  const made = planLoad(options, DEFAULT_TIMEOUTS)
  if (made.model !== 'closed') throw new Error('it is open')
  return made
}

const written = (stints: readonly (readonly Stint[])[]): string[] =>
  stints.map((each) => each.map(({ from, to }) => `${from}–${to}`).join(' '))

test.each<[LoadOptions, string[], string]>([
  [{ users: 1, rampUp: 1_000, duration: '1s' }, ['0–Infinity'], 'one user starts at once'],
  [
    { users: 4, rampUp: 1_000, duration: '1s' },
    ['0–Infinity', '250–Infinity', '500–Infinity', '750–Infinity'],
    'four users over a second start a quarter apart',
  ],
  [
    { users: 4, spawnRate: '4/s', duration: '1s' },
    ['0–Infinity', '250–Infinity', '500–Infinity', '750–Infinity'],
    'four a second say the same',
  ],
  [{ users: 2, duration: '1s' }, ['0–Infinity', '0–Infinity'], 'without a ramp-up all at once'],
  [
    { users: 2, rampUp: 500, warmUp: 500, duration: '1s', rampDown: '1s' },
    ['0–3000', '250–2500'],
    'in a ramp-down the last that came leaves first, and the first at its end',
  ],
  [
    {
      stages: [
        { users: 2, duration: 100 },
        { users: 2, duration: 300 },
        { users: 0, duration: 100 },
      ],
    },
    ['0–500', '50–450'],
    'up, a hold, and down again',
  ],
  [
    {
      startUsers: 1,
      stages: [
        { users: 3, duration: 0 },
        { users: 1, duration: 200 },
        { users: 2, duration: 100 },
      ],
    },
    ['0–Infinity', '0–200 200–Infinity', '0–100'],
    'a step, two who leave, and one who comes back',
  ],
  [
    {
      startUsers: 3,
      stages: [
        { users: 5, duration: 0 },
        { users: 1, duration: 0 },
        { users: 1, duration: 9 },
      ],
    },
    ['0–Infinity'],
    'steps in no time bring nobody',
  ],
  [{ users: 2, iterations: 9 }, ['0–Infinity', '0–Infinity'], 'iterations have no end in time'],
  [
    { users: 2, iterationsPerUser: 9, rampUp: 100, warmUp: 5 },
    ['0–Infinity', '50–Infinity'],
    'nor have those of each user',
  ],
  [
    { startUsers: 3, warmUp: 100, stages: [{ users: 1, duration: 200 }] },
    ['0–Infinity', '0–300', '0–200'],
    'a warm-up with those that the stages start from',
  ],
])('%j: %j, %s', (options, expected) => {
  expect(written(stintsOf(plan(options).stretches))).toEqual(expected)
})

describe('at any time as many users are at work as the line says, rounded up', () => {
  const at = (stints: readonly (readonly Stint[])[], time: number): number =>
    stints.filter((each) => each.some(({ from, to }) => from <= time && time < to)).length

  test.each(Array.from({ length: 50 }, (_, seed) => seed))('stages of seed %i', (seed) => {
    const random = seededRandom(seed)
    let from = random.int(0, 20)
    const stretches = Array.from({ length: random.int(1, 6) }, (): UserStretch => {
      const stretch = { from, to: random.int(0, 20), duration: random.int(0, 5) * 997 }
      from = stretch.to
      return stretch
    })
    const stints = stintsOf(stretches)
    let start = 0
    for (const { from: first, to: last, duration } of stretches) {
      for (let part = 0; part < 60 && duration > 0; part++) {
        const share = (part + random()) / 60
        const line = first + (last - first) * share
        // Between two numbers; at a number itself one comes or leaves.
        if (Math.abs(line - Math.round(line)) < 1e-6 && first !== last) continue
        expect(at(stints, start + share * duration)).toBe(Math.ceil(line))
      }
      start += duration
    }
    for (const each of stints) {
      const times = each.flatMap(({ from: came, to }) => [came, to])
      expect(times).toEqual(times.toSorted((left, right) => left - right))
    }
  })
})

test.each<[LoadOptions, number, string]>([
  [{ users: 4, rampUp: 100, duration: 100 }, 4, 'users who stay to the end are all asked for'],
  [
    {
      stages: [
        { users: 10, duration: '1s' },
        { users: 10, duration: '5s' },
        { users: 0, duration: 0 },
      ],
    },
    10,
    'stages that hold a number ask for it',
  ],
  [
    {
      stages: [
        { users: 10, duration: '1s' },
        { users: 0, duration: '1s' },
      ],
    },
    6,
    'at a peak only those who stay for a second: user 6 comes at 0.6 s and leaves at 1.4 s',
  ],
  [
    {
      stages: [
        { users: 10, duration: '100ms' },
        { users: 0, duration: '100ms' },
      ],
    },
    0,
    'a peak of a moment asks for nobody who could be missed',
  ],
])('%j asks for %d users: %s', (options, users) => {
  expect(heldUsers(plan(options).stretches)).toBe(users)
})
