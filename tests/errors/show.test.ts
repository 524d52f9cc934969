import { expect, test } from 'vitest'
import { show } from '../../src/errors/show.ts'

class Service {
  readonly port = 8080
}

test.each([
  ['a string is quoted', '5 sec', '"5 sec"'],
  ['so is an empty one', '', '""'],
  ['and line breaks are seen', 'a\nb', String.raw`"a\nb"`],
  ['a number', 0.5, '0.5'],
  ['not a number', Number.NaN, 'NaN'],
  ['a big integer', 5n, '5n'],
  ['nothing', null, 'null'],
  ['missing', undefined, 'undefined'],
  ['a symbol', Symbol('id'), 'Symbol(id)'],
  ['a named function', show, 'function show'],
  [
    'an anonymous one',
    (
      () => () =>
        1
    )(),
    'a function',
  ],
  ['a promise that was not awaited', Promise.resolve(5), 'a Promise'],
  ['an instance, by its class', new Service(), 'a Service'],
  ['with the article that is spoken', new Uint8Array(2), 'a Uint8Array'],
  ['before a vowel too', new AbortController(), 'an AbortController'],
  ['an error, by its message', new TypeError('no such host'), 'TypeError: no such host'],
  ['an array', [1, 'two'], "[ 1, 'two' ]"],
  ['an object', { users: 5 }, '{ users: 5 }'],
  ['what JSON would hide', { a: Number.NaN, b: undefined }, '{ a: NaN, b: undefined }'],
  ['an object without prototype', Object.create(null), '[Object: null prototype] {}'],
  ['an object that is no instance', Object.create({ a: 1 }), 'an object'],
])('%s', (_, value, text) => expect(show(value)).toBe(text))

test('a long string is cut and still quoted', () => {
  const text = show('x'.repeat(100))
  expect(text).toHaveLength(62)
  expect(text.endsWith('x…"')).toBe(true)
})

test('a long object is cut', () => {
  expect(show(Array.from({ length: 100 }, (_, i) => i))).toHaveLength(60)
})

test('an object that holds itself', () => {
  const loop: Record<string, unknown> = { name: 'loop' }
  loop['self'] = loop
  expect(show(loop)).toMatchInlineSnapshot(`"<ref *1> { name: 'loop', self: [Circular *1] }"`)
})
