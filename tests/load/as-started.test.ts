import { describe, expect, test } from 'vitest'
import { asStarted } from '../../src/load/as-started.ts'
import type { UserStage } from '../../src/load/user-stages.ts'

const USERS = { users: 10, rampUp: '10s', duration: '30s' } as const

describe('a load that was started by hand with other users', () => {
  test.each([
    [
      'more users, as gently',
      { users: 50 },
      { users: 50, rampUp: 50_000 },
      'started with 50 users',
    ],
    ['faster', { spawnRate: 5 }, { users: 10, rampUp: 2_000 }, 'started with 5 users/s'],
    [
      'both',
      { users: 50, spawnRate: 10 },
      { users: 50, rampUp: 5_000 },
      'started with 50 users, 10 users/s',
    ],
  ])('%s', (_, started, options, text) => {
    expect(asStarted(USERS, started)).toEqual({
      options: { ...USERS, ...options },
      steered: [{ at: 0, text }],
    })
  })

  test('stages keep their shape, and say themselves how fast', () => {
    const stages: UserStage[] = [
      { users: 4, duration: '5s' },
      { users: 8, duration: '5s' },
    ]
    expect(asStarted({ stages }, { users: 80, spawnRate: 3 })).toEqual({
      options: {
        stages: [
          { users: 40, duration: '5s' },
          { users: 80, duration: '5s' },
        ],
      },
      steered: [{ at: 0, text: 'started with 80 users' }],
    })
  })

  test('a load by its rate stays as it is written, and is not steered', () => {
    const options = { rate: '10/s', duration: '5s' } as const
    expect(asStarted(options, { users: 50 })).toEqual({ options })
  })

  test('nor is one that was started as it is, or by nobody', () => {
    expect(asStarted(USERS, {})).toEqual({ options: USERS })
    expect(asStarted(USERS, undefined)).toEqual({ options: USERS })
  })
})
