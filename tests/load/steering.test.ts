import { describe, expect, test } from 'vitest'
import { toSteerCommand } from '../../src/load/steering.ts'
import { messageOf } from '../support/message-of.ts'

describe('a command that comes from outside', () => {
  test.each([
    [{ kind: 'users', users: 50 }],
    [{ kind: 'users', users: 50, perSecond: 10 }],
    [{ kind: 'rate', perSecond: 200 }],
    [{ kind: 'next-phase' }],
    [{ kind: 'stop', force: true }],
  ])('%j is one', (command) => {
    expect(toSteerCommand(command)).toEqual(command)
  })

  test('rates are read as everywhere', () => {
    expect(toSteerCommand({ kind: 'rate', perSecond: '120/min' })).toEqual({
      kind: 'rate',
      perSecond: 2,
    })
  })

  test.each([
    [null, "command must be an object like { kind: 'users', users: 50 }, got null"],
    [{ kind: 'more' }, "command.kind must be 'users', 'rate', 'next-phase', 'stop', got \"more\""],
    [{ kind: 'users' }, 'command.users must be a whole number of at least 1'],
    [{ kind: 'users', users: 0 }, 'command.users must be a whole number of at least 1, got 0'],
    [{ kind: 'users', users: 1e6 }, 'command.users must be at most 100000, got 1000000'],
    [
      { kind: 'users', users: 5, rate: 3 },
      'command.rate is not of \'users\'; known: "kind", "users", "perSecond"',
    ],
    [
      { kind: 'rate', perSecond: 0 },
      "command.perSecond must be more than 0, like '10/s'; to end the load, stop it, got 0",
    ],
    [{ kind: 'stop', force: 'yes' }, 'command.force must be true or false, got "yes"'],
  ])('%j is none', (input, message) => {
    expect(messageOf(() => void toSteerCommand(input))).toBe(message)
  })
})
