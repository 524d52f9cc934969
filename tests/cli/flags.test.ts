import { describe, expect, test } from 'vitest'
import { checkFlags } from '../../src/cli/flags.ts'
import { messageOf } from '../support/message-of.ts'

const ARGS = {
  run: { type: 'positional' },
  users: { type: 'string', valueHint: 'n' },
  json: { type: 'boolean' },
} as const

const check = (args: string, many = false): void =>
  checkFlags(args.split(' '), { args: ARGS, many })

test.each([
  '--users 5',
  '--users=5 --json',
  'latest --json --users 5',
  '-- --anything of another program',
])('%s is taken', (args) => {
  expect(() => check(args)).not.toThrow()
})

describe('is refused, with what to write instead:', () => {
  test.each([
    ['--user 5', 'there is no --user; did you mean --users?'],
    ['--verbose', 'there is no --verbose'],
    ['-u 5', 'there is no -u'],
    ['--no-json', 'there is no --no-json'],
    ['--users', '--users needs a value: --users <n>'],
    ['--users --json', '--users needs a value: --users <n>'],
    ['--json=1', '--json takes no value'],
    ['one two', 'this command takes one argument: "two" is too many'],
  ])('%s', (args, message) => {
    expect(messageOf(() => check(args))).toBe(message)
  })
})

test('a command that takes many positional arguments takes two', () => {
  expect(() => check('one two', true)).not.toThrow()
})
