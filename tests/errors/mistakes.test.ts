import { expect, test } from 'vitest'
import { Mistakes } from '../../src/errors/mistakes.ts'
import { UsageError } from '../../src/errors/usage-error.ts'

const wrong = (path: string): never => {
  throw new UsageError(path, 'a number', 'x')
}

test('what parses is given back, a mistake is kept and its fallback given', () => {
  const mistakes = new Mistakes()
  expect(mistakes.check(() => 5, 0)).toBe(5)
  expect(mistakes.check(() => wrong('load.users'), 1)).toBe(1)
  mistakes.add(new UsageError('load.seed', 'a number', 'y'))
  expect(() => mistakes.throwAll('load')).toThrowErrorMatchingInlineSnapshot(`
    [UsageError: load has 2 mistakes:
      - load.users must be a number, got "x"
      - load.seed must be a number, got "y"]
  `)
})

test('without a mistake nothing is thrown; another error passes at once', () => {
  const mistakes = new Mistakes()
  expect(() => mistakes.throwAll('load')).not.toThrow()
  const broken = (): never => {
    throw new RangeError('a bug')
  }
  expect(() => mistakes.check(broken, 0)).toThrow(RangeError)
})

test('a list of the same path within a list is one list', () => {
  const inner = new Mistakes()
  inner.check(() => wrong('load.users'), 1)
  inner.check(() => wrong('load.rate'), 1)
  const outer = new Mistakes()
  outer.check(() => inner.throwAll('load'), undefined)
  outer.check(() => wrong('load.seed'), 1)
  expect(() => outer.throwAll('load')).toThrowErrorMatchingInlineSnapshot(`
    [UsageError: load has 3 mistakes:
      - load.users must be a number, got "x"
      - load.rate must be a number, got "x"
      - load.seed must be a number, got "x"]
  `)
})
