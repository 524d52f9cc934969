import { describe, expect, expectTypeOf, test } from 'vitest'
import type { DataSource } from '../../src/data/data-source.ts'
import { csv, json, rows, toSource } from '../../src/data/sources.ts'
import { messageOf } from '../support/message-of.ts'

describe('a source is a description', () => {
  test('of a file that need not be there yet', () => {
    expect(csv('access_tokens.csv')).toEqual({
      kind: 'csv',
      file: 'access_tokens.csv',
      columns: undefined,
      header: true,
      delimiter: undefined,
      pick: 'sequential',
      whenDry: 'fail',
    })
    expect(json('users.json', { pick: 'unique', whenDry: 'wrap' })).toEqual({
      kind: 'json',
      file: 'users.json',
      columns: undefined,
      pick: 'unique',
      whenDry: 'wrap',
    })
  })

  test('of an array, which is taken in order unless said otherwise', () => {
    const users = [{ user: 'ann' }, { user: 'bob' }]
    const inOrder = { kind: 'rows', rows: users, pick: 'sequential', whenDry: 'fail' }
    expect(toSource(users, 'load.data')).toEqual(inOrder)
    expect(rows(users, { pick: 'random' })).toEqual({ ...inOrder, pick: 'random' })
  })

  test('of a file beside the test, by its URL', () => {
    const url = new URL('users.csv', import.meta.url)
    const expected = { file: `${import.meta.dirname}/users.csv` }
    expect(csv(url)).toMatchObject(expected)
    expect(csv(url.href)).toMatchObject(expected)
  })

  test('that nobody changes', () => {
    expect(Object.isFrozen(csv('users.csv'))).toBe(true)
  })

  test('that is passed on as it is', () => {
    const source = csv('users.csv')
    expect(toSource(source, 'load.data')).toBe(source)
  })
})

test('rows have a type', () => {
  const columns = csv('users.csv', { columns: ['user', 'token'] })
  expectTypeOf(columns).toEqualTypeOf<DataSource<Readonly<Record<'user' | 'token', string>>>>()
  expectTypeOf(csv('users.csv')).toEqualTypeOf<DataSource<Readonly<Record<string, string>>>>()
  expectTypeOf(json<{ id: number }>('users.json')).toEqualTypeOf<DataSource<{ id: number }>>()
  expectTypeOf(rows([{ id: 1 }])).toEqualTypeOf<DataSource<{ id: number }>>()
  // @ts-expect-error rows of strings are no rows of numbers
  const numbers: DataSource<{ id: number }> = csv('users.csv', { columns: ['id'] })
  expect(numbers).toBeDefined()
})

describe('mistakes are told where the source is written', () => {
  const messageFor = (options: object): string => messageOf(() => csv('users.csv', options))

  test('in how rows are picked', () => {
    expect(messageFor({ pick: 'shuffle' })).toMatchInlineSnapshot(
      `"csv('users.csv').pick must be 'sequential', 'random' or 'unique', got "shuffle""`,
    )
    expect(messageFor({ pick: 'unique', whenDry: 'stop' })).toMatchInlineSnapshot(
      `"csv('users.csv').whenDry must be 'fail' or 'wrap', got "stop""`,
    )
    expect(messageFor({ whenDry: 'wrap' })).toMatchInlineSnapshot(
      `"csv('users.csv').whenDry is for pick: 'unique'; rows that are picked otherwise never run dry"`,
    )
  })

  test('in the columns and what lies between them', () => {
    expect(messageFor({ columns: 'user' })).toMatchInlineSnapshot(
      `"csv('users.csv').columns must be a list of names like ['user', 'token'], got "user""`,
    )
    expect(messageFor({ columns: ['user', 'user'] })).toMatchInlineSnapshot(
      `"csv('users.csv').columns must be a list that names "user" once, got [ 'user', 'user' ]"`,
    )
    expect(messageFor({ header: false })).toMatchInlineSnapshot(
      `"csv('users.csv').columns must be a list of all columns when header is false, like ['user']"`,
    )
    expect(messageFor({ header: 'no' })).toMatchInlineSnapshot(
      `"csv('users.csv').header must be true or false, got "no""`,
    )
    expect(messageFor({ delimiter: '' })).toMatchInlineSnapshot(
      `"csv('users.csv').delimiter must be what lies between two fields, like ';' or '\\t', got """`,
    )
  })

  test('in the names of options, all at once', () => {
    const options = { seperator: ';', pick: 'any' }
    expect(messageFor(options)).toMatchInlineSnapshot(`
      "csv('users.csv') has 2 mistakes:
        - csv('users.csv').seperator is not an option; known: "pick", "whenDry", "columns", "header", "delimiter"
        - csv('users.csv').pick must be 'sequential', 'random' or 'unique', got "any""
    `)
    expect(messageOf(() => json('users.json', { delimiter: ';' } as object))).toMatchInlineSnapshot(
      `"json('users.json').delimiter is not an option; known: "pick", "whenDry", "columns""`,
    )
  })

  test('in the file', () => {
    expect(messageOf(() => csv(''))).toMatchInlineSnapshot(
      `"csv('') must be the path of a file or a file: URL, got """`,
    )
    expect(messageOf(() => csv(new URL('file://host/users.csv')))).toContain(
      'csv(file) must be the path of a file or a file: URL, got "file://host/users.csv"',
    )
    expect(messageOf(() => csv('https://host/users.csv'))).toMatchInlineSnapshot(
      `"csv('https://host/users.csv') must be the path of a file or a file: URL, got "https://host/users.csv". The URL must be of scheme file"`,
    )
  })

  test('in what is given as data', () => {
    const given = (data: unknown): string =>
      messageOf(() => toSource(data as readonly unknown[], 'chat user.data'))
    expect(given([])).toMatchInlineSnapshot(
      `"chat user.data must be an array with at least one row, got []"`,
    )
    expect(given('users.json')).toMatchInlineSnapshot(
      `"chat user.data must be csv('users.csv'), json('users.json') or an array of rows, got "users.json". Write json('users.json')"`,
    )
    expect(given({ user: 'ann' })).toMatchInlineSnapshot(
      `"chat user.data must be csv('users.csv'), json('users.json') or an array of rows, got { user: 'ann' }"`,
    )
    expect(messageOf(() => rows([]))).toMatchInlineSnapshot(
      `"rows(list) must be an array with at least one row, got []"`,
    )
  })
})
