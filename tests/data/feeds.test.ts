import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { openFeeds } from '../../src/data/feeds.ts'
import { csv, json, rows, type CsvOptions } from '../../src/data/sources.ts'
import { dataFolder, type DataFolder } from '../support/data-folder.ts'

const tokens = (): Promise<DataFolder> =>
  dataFolder({ 'tokens.csv': 'token\nt1\nt2\nt3\n', 'one.json': '["a"]', 'bad.csv': 'a,b\n1\n' })

describe('one feed for one source', () => {
  test('two kinds of users never get the same unique row', async () => {
    await using folder = await tokens()
    const [chat, reader] = [
      csv('tokens.csv', { pick: 'unique' }),
      csv(pathToFileURL(join(folder.path, 'tokens.csv')), { pick: 'unique' }),
    ]
    const feeds = await openFeeds(
      [
        { source: chat, users: [0, 1] },
        { source: reader, users: [2] },
      ],
      { seed: 1, folders: [folder.path] },
    )
    const given = [feeds.of(chat).next(0), feeds.of(reader).next(2), feeds.of(chat).next(1)]
    expect(given).toEqual([{ token: 't1' }, { token: 't3' }, { token: 't2' }])
  })

  test('another way of picking is another feed', async () => {
    await using folder = await tokens()
    const ways: readonly CsvOptions[] = [{}, { pick: 'unique' }, { header: false, columns: ['t'] }]
    const needs = ways.map((options) => ({ source: csv('tokens.csv', options), users: [0] }))
    const feeds = await openFeeds(needs, { seed: 1, folders: [folder.path] })
    expect(new Set(needs.map(({ source }) => feeds.of(source))).size).toBe(3)
  })

  test('arrays are told apart by what they are, not by what is in them', async () => {
    const list = ['a', 'b']
    const [one, same, alike] = [rows(list), rows(list), rows([...list])]
    const needs = [one, same, alike].map((source) => ({ source, users: [0] }))
    const feeds = await openFeeds(needs, { seed: 1 })
    expect([one, same, alike].map((source) => feeds.of(source).next(0))).toEqual(['a', 'b', 'a'])
  })
})

test('all that is wrong is told at once, before any traffic', async () => {
  await using folder = await tokens()
  const unique = csv('tokens.csv', { pick: 'unique' })
  const opening = openFeeds(
    [
      { source: unique, users: [0, 1] },
      { source: csv('token.csv'), users: [2] },
      { source: unique, users: [3, 4, 5] },
      { source: csv('bad.csv'), users: [6] },
      { source: json('one.json', { pick: 'unique' }), users: [7] },
    ],
    { seed: 1, folders: [folder.path] },
  )
  expect(await folder.messageOf(opening)).toMatchInlineSnapshot(`
    "UsageError: data has 3 mistakes:
      - token.csv is not a file that can be read:
        - <folder>/token.csv (there: "bad.csv", "tokens.csv"; did you mean "tokens.csv"?)
      - <folder>/tokens.csv has 3 rows for 5 users, and pick: 'unique' gives each user its own. Add 2 rows, start fewer users, or let users share rows with whenDry: 'wrap'
      - <folder>/bad.csv:2 has 1 field, and the table has 2 columns"
  `)
})
