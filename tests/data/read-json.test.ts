import { describe, expect, test } from 'vitest'
import { readJson } from '../../src/data/read-json.ts'
import { dataFolder } from '../support/data-folder.ts'

async function read(text: string, columns?: readonly string[]): Promise<readonly unknown[]> {
  await using folder = await dataFolder({ 'users.json': text })
  return await readJson({ path: `${folder.path}/users.json`, label: 'users.json' }, { columns })
}

const messageOf = async (text: string, columns?: readonly string[]): Promise<string> =>
  read(text, columns).then(() => 'no error', String)

test.each([
  ['objects', '[{"user":"ann","age":30}]', [{ user: 'ann', age: 30 }]],
  ['texts', '["tell me a story","hello"]', ['tell me a story', 'hello']],
  ['a byte order mark', '\uFEFF[1]', [1]],
])('%s', async (_, text, rows) => expect(await read(text)).toEqual(rows))

describe('what is no list of rows is an error', () => {
  test('another value', async () => {
    expect(await messageOf('{"users":[]}')).toMatchInlineSnapshot(
      `"UsageError: users.json must be one array of rows, like [{ "user": "ann" }], got an object"`,
    )
    expect(await messageOf('"ann"')).toMatchInlineSnapshot(
      `"UsageError: users.json must be one array of rows, like [{ "user": "ann" }], got a string"`,
    )
    expect(await messageOf('[]')).toMatchInlineSnapshot(`"UsageError: users.json has no rows"`)
  })

  test('text that is no JSON, without the secrets in it', async () => {
    expect(await messageOf('[\n  {"a": 1},\n  {"a": 2\n]')).toMatchInlineSnapshot(
      `"UsageError: users.json:4 cannot be read as JSON: Expected ',' or '}' after property value"`,
    )
    expect(await messageOf('s3cret')).toMatchInlineSnapshot(
      `"UsageError: users.json cannot be read as JSON: Unexpected token 's'"`,
    )
    expect(await messageOf('')).toMatchInlineSnapshot(
      `"UsageError: users.json cannot be read as JSON: Unexpected end of JSON input"`,
    )
  })

  test('a row without a wanted column', async () => {
    const text = '[{"user":"ann","token":"s3cret"},{"user":"bob","tokn":"s3cret"}]'
    expect(await messageOf(text, ['user', 'token'])).toMatchInlineSnapshot(
      `"UsageError: users.json has no "token" in its row 2; known: "user", "tokn"; did you mean "tokn"?"`,
    )
    expect(await messageOf('["ann"]', ['user'])).toMatchInlineSnapshot(
      `"UsageError: users.json has no "user" in its row 1; the row is no object"`,
    )
  })
})
