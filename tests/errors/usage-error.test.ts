import { describe, expect, test } from 'vitest'
import { UsageError } from '../../src/errors/usage-error.ts'

test('says what must be what, what was given and what to write instead', () => {
  const error = new UsageError('load.users', 'a whole number', 0.5, 'Write 1 or more')
  expect(error).toMatchObject({ name: 'UsageError', path: 'load.users', received: 0.5 })
  expect(error.message).toMatchInlineSnapshot(
    `"load.users must be a whole number, got 0.5. Write 1 or more"`,
  )
})

test('is silent about what was given when nothing was', () => {
  const error = new UsageError('perf.baseUrl', 'a URL', undefined, 'Set PERF_BASE_URL')
  expect(error.message).toMatchInlineSnapshot(`"perf.baseUrl must be a URL. Set PERF_BASE_URL"`)
})

test('names null and false, which were given', () => {
  expect(new UsageError('users', 'a number', null).message).toMatchInlineSnapshot(
    `"users must be a number, got null"`,
  )
  expect(new UsageError('users', 'a number', false).message).toMatchInlineSnapshot(
    `"users must be a number, got false"`,
  )
})

test('a free message stands in the stack as well', () => {
  const error = UsageError.saying('load', 'a load cannot start inside a load', 'inner')
  expect(error).toMatchObject({ path: 'load', received: 'inner' })
  expect(error.stack?.split('\n')[0]).toBe('UsageError: a load cannot start inside a load')
})

describe('several mistakes are one error', () => {
  const users = new UsageError('users', 'a whole number', -1)
  const ramp = new UsageError('rampUp', 'a duration', '5')

  test('with a line for each', () => {
    const error = UsageError.all('load', [users, ramp])
    expect(error).toMatchObject({ path: 'load', received: [-1, '5'] })
    expect(error.message).toMatchInlineSnapshot(`
      "load has 2 mistakes:
        - users must be a whole number, got -1
        - rampUp must be a duration, got "5""
    `)
  })

  test('a single one is thrown as it is', () => {
    expect(UsageError.all('load', [users])).toBe(users)
  })

  test('lists within lists are indented', () => {
    const inner = UsageError.all('perf.load', [users, ramp])
    expect(UsageError.all('perf', [inner, ramp]).message).toMatchInlineSnapshot(`
      "perf has 2 mistakes:
        - perf.load has 2 mistakes:
          - users must be a whole number, got -1
          - rampUp must be a duration, got "5"
        - rampUp must be a duration, got "5""
    `)
  })
})
