import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findFile } from '../../src/data/find-file.ts'
import { dataFolder } from '../support/data-folder.ts'

test('the first folder that has the file is taken', async () => {
  await using tests = await dataFolder({ 'users.csv': '' })
  await using root = await dataFolder({ 'users.csv': '', 'tokens.csv': '' })
  const folders = [tests.path, root.path]
  expect(await findFile('users.csv', folders)).toMatchObject({
    path: join(tests.path, 'users.csv'),
  })
  expect(await findFile('./tokens.csv', folders)).toMatchObject({
    path: join(root.path, 'tokens.csv'),
  })
  const absolute = join(root.path, 'users.csv')
  expect(await findFile(absolute, folders)).toEqual({ path: absolute, label: absolute })
})

test('errors name a file from the working directory', async () => {
  const found = await findFile('find-file.test.ts', [import.meta.dirname])
  expect(found.label).toBe(join('tests', 'data', 'find-file.test.ts'))
})

test('every path that was tried is told, with what is there', async () => {
  await using folder = await dataFolder({ 'access_tokens.csv': '', 'users.csv': '', 'a.json': '' })
  const message = (file: string, folders: readonly string[]): Promise<string> =>
    folder.messageOf(findFile(file, folders))
  const { path } = folder
  expect(await message('acess_tokens.csv', [path, join(path, 'gone')])).toMatchInlineSnapshot(`
    "UsageError: acess_tokens.csv is not a file that can be read:
      - <folder>/acess_tokens.csv (there: "access_tokens.csv", "users.csv"; did you mean "access_tokens.csv"?)
      - <folder>/gone/acess_tokens.csv (there is no folder <folder>/gone)"
  `)
  expect(await message('users.json', [path])).toMatchInlineSnapshot(`
    "UsageError: users.json is not a file that can be read:
      - <folder>/users.json (there: "a.json"; did you mean "users.csv"?)"
  `)
  expect(await message('rows.tsv', [path])).toMatchInlineSnapshot(`
    "UsageError: rows.tsv is not a file that can be read:
      - <folder>/rows.tsv (there: no .tsv file)"
  `)
  expect(await message('.', [path])).toMatchInlineSnapshot(`
    "UsageError: . is not a file that can be read:
      - <folder> (a folder)"
  `)
})

test('a long folder is cut', async () => {
  const names = Array.from({ length: 12 }, (_, index) => [`part-${index + 10}.csv`, ''])
  await using folder = await dataFolder(Object.fromEntries(names) as Record<string, string>)
  expect(await folder.messageOf(findFile('users.csv', [folder.path]))).toMatchInlineSnapshot(`
    "UsageError: users.csv is not a file that can be read:
      - <folder>/users.csv (there: "part-10.csv", "part-11.csv", "part-12.csv", "part-13.csv", "part-14.csv" and 7 more)"
  `)
})
