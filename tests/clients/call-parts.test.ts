import { describe, expect, test } from 'vitest'
import type { CallOptions, QueryValue } from '../../src/clients/call.ts'
import { bodyOf, checkOptions, queryOf } from '../../src/clients/call-parts.ts'
import { UsageError } from '../../src/errors/usage-error.ts'

describe('a query', () => {
  test.each<readonly [Record<string, QueryValue> | undefined, string]>([
    [undefined, ''],
    [{}, ''],
    [{ a: undefined }, ''],
    [{ a: 1, b: true, c: 'x' }, '?a=1&b=true&c=x'],
    [{ a: 0, b: false, c: '' }, '?a=0&b=false&c='],
    [{ a: 1, b: undefined, c: 2 }, '?a=1&c=2'],
    [{ tag: ['x', 'y', 3] }, '?tag=x&tag=y&tag=3'],
    [{ tag: [] }, ''],
    [{ q: 'a b&c=d+é/?#' }, '?q=a+b%26c%3Dd%2B%C3%A9%2F%3F%23'],
    [{ 'user[name]': 'jo' }, '?user%5Bname%5D=jo'],
  ])('of %j is %j', (query, text) => expect(queryOf(query, false)).toBe(text))

  test.each<readonly [Record<string, QueryValue>, string]>([
    [{ a: 1 }, '&a=1'],
    [{}, ''],
  ])('of %j behind another is %j', (query, text) => expect(queryOf(query, true)).toBe(text))
})

describe('a body', () => {
  const JSON_TYPE = 'application/json'
  const FORM_TYPE = 'application/x-www-form-urlencoded'

  test.each<readonly [CallOptions, unknown, string | undefined]>([
    [{}, null, undefined],
    [{ json: { a: [1, null] } }, '{"a":[1,null]}', JSON_TYPE],
    [{ json: null }, 'null', JSON_TYPE],
    [{ json: false }, 'false', JSON_TYPE],
    [{ json: 'text' }, '"text"', JSON_TYPE],
    [{ json: undefined }, null, undefined],
    [{ form: { a: 'x y', b: 2, c: true } }, 'a=x+y&b=2&c=true', FORM_TYPE],
    [{ form: {} }, '', FORM_TYPE],
    [{ body: 'text' }, 'text', undefined],
    [{ body: '' }, '', undefined],
    [{ body: new Uint8Array([1]) }, new Uint8Array([1]), undefined],
  ])('of %j', (options, body, type) => {
    const headers: Record<string, string> = {}
    expect(bodyOf(options, headers)).toEqual(body)
    expect(headers['content-type']).toBe(type)
  })

  test.each<CallOptions>([{ json: {} }, { form: { a: 1 } }])(
    'of %j keeps the type that the client has',
    (options) => {
      const headers = { 'content-type': 'application/vnd.api+json' }
      bodyOf(options, headers)
      expect(headers['content-type']).toBe('application/vnd.api+json')
    },
  )
})

describe('the options of a call', () => {
  test.each<readonly [CallOptions]>([
    [{}],
    [{ json: {}, query: {}, headers: {}, name: 'a', expect: 'any', timeout: '1s' }],
    [{ json: undefined, body: 'x' }],
  ])('%j are fine', (options) => expect(() => checkOptions(options, 'http.post')).not.toThrow())

  test.each<readonly [object, string]>([
    [
      { header: {} },
      'http.post.header is not an option; known: "json", "form", "body", "query", "headers", "name", "expect", "tags", "timeout"; did you mean "headers"?',
    ],
    [{ method: 'PUT' }, 'http.post.method is not an option; known: "json", '],
    [{ json: {}, body: 'x' }, 'http.post must be given one of json, form and body, not several'],
    [{ json: null, form: {} }, 'http.post must be given one of json, form and body, not several'],
  ])('%j are refused', (options, message) => {
    const check = (): void => checkOptions(options, 'http.post')
    expect(check).toThrow(UsageError)
    expect(check).toThrow(message)
  })
})
