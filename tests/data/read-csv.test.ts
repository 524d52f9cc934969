import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { readCsv, type CsvRows } from '../../src/data/read-csv.ts'
import { csv, type CsvOptions } from '../../src/data/sources.ts'
import type { CsvSource } from '../../src/data/data-source.ts'
import { dataFolder } from '../support/data-folder.ts'

/** The rows of a file with this text. */
async function read(text: string | Buffer, options: CsvOptions = {}): Promise<CsvRows['rows']> {
  await using folder = await dataFolder({ 'users.csv': text })
  const file = { path: `${folder.path}/users.csv`, label: 'users.csv' }
  const { rows, total } = await readCsv(file, csv('users.csv', options) as CsvSource, () => true)
  expect(rows).toHaveLength(total)
  return rows
}

async function messageOf(text: string | Buffer, options: CsvOptions = {}): Promise<string> {
  return read(text, options).then(() => 'no error', String)
}

describe('rows are what is in the fields', () => {
  const ann = { user: 'ann', token: 't1' }
  test.each<[string, string | Buffer, CsvOptions]>([
    ['a plain table', 'user,token\nann,t1\n', {}],
    ['no line end at the end', 'user,token\nann,t1', {}],
    ['lines of Windows', 'user,token\r\nann,t1\r\n', {}],
    ['lines of an old Mac', 'user,token\rann,t1\r', {}],
    ['a byte order mark', '\uFEFFuser,token\nann,t1\n', {}],
    ['a byte order mark before a quote', '\uFEFF"user","token"\nann,t1\n', {}],
    ['UTF-16, as spreadsheets write it', Buffer.from('\uFEFFuser,token\nann,t1\n', 'utf16le'), {}],
    ['empty lines', '\nuser,token\n\nann,t1\n\n\n', {}],
    ['quotes that are not needed', '"user","token"\n"ann","t1"\n', {}],
    ['spaces in the header only', 'user , token\nann,t1\n', {}],
    ['a semicolon', 'user;token\nann;t1\n', { delimiter: ';' }],
    ['a tab', 'user\ttoken\nann\tt1\n', { delimiter: '\t' }],
    ['no header', 'ann,t1\n', { header: false, columns: ['user', 'token'] }],
    ['columns that are not wanted', 'id,user,,token\n7,ann,x,t1\n', { columns: ['user', 'token'] }],
  ])('%s', async (_, text, options) => expect(await read(text, options)).toEqual([ann]))

  test.each([
    ['a delimiter', '"a,b"', 'a,b'],
    ['a quote', '"say ""hi"""', 'say "hi"'],
    ['a line end', '"a\r\nb"', 'a\r\nb'],
    ['spaces', ' a ', ' a '],
    ['nothing', '', ''],
    ['letters of any script', 'Zoë 王 🙂', 'Zoë 王 🙂'],
    ['what looks like a number', '007', '007'],
  ])('a field may hold %s', async (_, field, value) => {
    expect(await read(`a,b\n${field},2\n`)).toEqual([{ a: value, b: '2' }])
  })

  test('a column may have any name', async () => {
    const [row] = await read('__proto__,constructor\n1,2\n')
    expect(Object.entries(row ?? {})).toEqual([
      ['__proto__', '1'],
      ['constructor', '2'],
    ])
  })
})

/** Any text, with much of what means something in CSV. */
const anyField = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', '\r\n', ' ', 'a', ';', 'é') }),
)

property.prop([
  fc.array(fc.tuple(anyField, anyField), { minLength: 1, maxLength: 10 }),
  fc.constantFrom('\n', '\r\n', '\r'),
])('whatever is put in quotes comes back', async (table, lineEnd) => {
  const quoted = (field: string): string => `"${field.replaceAll('"', '""')}"`
  const lines = [['a', 'b'], ...table].map((row) => row.map(quoted).join(','))
  expect(await read(lines.join(lineEnd))).toEqual(table.map(([a, b]) => ({ a, b })))
})

describe('what is no table is an error with file and line', () => {
  test('a row that is too short or too long', async () => {
    expect(await messageOf('a,b\n1,2\n3\n')).toMatchInlineSnapshot(
      `"UsageError: users.csv:3 has 1 field, and the table has 2 columns"`,
    )
    expect(await messageOf('a,b\n1,2,3\n')).toMatchInlineSnapshot(
      `"UsageError: users.csv:2 has 3 fields, and the table has 2 columns. Put a value that holds the delimiter in quotes"`,
    )
    const columns = ['a', 'b']
    expect(await messageOf('1\n', { header: false, columns })).toMatchInlineSnapshot(
      `"UsageError: users.csv:1 has 1 field, and the table has 2 columns"`,
    )
  })

  test.each([
    ['every kind of line counts once', 'a,b\r\n1,2\r\n3\r\n', 3],
    ['lines within quotes count', 'a,b\r\n1,"x\r\ny\r\nz"\r\n3\r\n', 5],
    ['empty lines count', 'a,b\n\n1,2\n\n\n3\n', 6],
    ['far down', `\uFEFFa,b\r\n${'é,"x\r\ny"\r\n'.repeat(20_000)}3\r\n`, 40_002],
    ['a row counts from its first line', 'a,b\n1,2\n"x\ny"\n', 3],
  ])('%s', async (_, text, line) => {
    expect(await messageOf(text)).toContain(`users.csv:${line} has 1 field,`)
  })

  test('quotes', async () => {
    expect(await messageOf('a,b\n1,2\n3,"x\n4,5\n')).toMatchInlineSnapshot(
      `"UsageError: users.csv:3 starts a row with a quote that is never closed"`,
    )
    expect(await messageOf('a,b\n1,x"y"\n')).toMatchInlineSnapshot(
      `"UsageError: users.csv:2 has a quote in the midst of a field. Put the whole field in quotes, with "" for one inside"`,
    )
    expect(await messageOf('a,b\n"1"x,2\n')).toMatchInlineSnapshot(
      `"UsageError: users.csv:2 has text after a closing quote. Write "" for a quote inside of quotes"`,
    )
  })

  test('no rows', async () => {
    expect(await messageOf('')).toMatchInlineSnapshot(`"UsageError: users.csv is empty"`)
    expect(await messageOf('\uFEFF\n\n')).toMatchInlineSnapshot(`"UsageError: users.csv is empty"`)
    expect(await messageOf('a,b\n')).toMatchInlineSnapshot(
      `"UsageError: users.csv has a header but no rows"`,
    )
  })

  test('a header that is not the one that was meant', async () => {
    expect(
      await messageOf('user,token\n1,2\n', { columns: ['user', 'tokn'] }),
    ).toMatchInlineSnapshot(
      `"UsageError: users.csv:1 has no column "tokn"; known: "user", "token"; did you mean "token"?"`,
    )
    expect(await messageOf('a,b,\n1,2,\n')).toMatchInlineSnapshot(
      `"UsageError: users.csv:1 has no name for column 3. Name it, or say which columns you want: columns: ['a', 'b']"`,
    )
    expect(await messageOf('a,b,a\n1,2,3\n')).toMatchInlineSnapshot(
      `"UsageError: users.csv:1 has two columns named "a""`,
    )
    expect(await messageOf('a;b\n1;2\n')).toMatchInlineSnapshot(
      `"UsageError: users.csv:1 has one column with ';' in its name. If that is several, say delimiter: ';'; if it is one, delimiter: ','"`,
    )
  })

  test('no header: the row is not told, since it may hold a secret', async () => {
    const message = await messageOf('ann,s3cret\n', { columns: ['user', 'token'] })
    expect(message).toMatchInlineSnapshot(
      `"UsageError: users.csv:1 has no column "user"; none of its 2 columns is one of "user", "token". If the file starts with its first row, say header: false"`,
    )
  })

  test('a quote that would swallow a big file', async () => {
    const text = `a\n"${'x'.repeat(17 * 1_024 * 1_024)}`
    expect(await messageOf(text)).toMatchInlineSnapshot(
      `"UsageError: users.csv:2 starts a row of more than 16 MiB; is a quote never closed?"`,
    )
  })

  test('a folder', async () => {
    await using folder = await dataFolder({})
    const source = csv('users.csv') as CsvSource
    const reading = readCsv({ path: folder.path, label: 'users' }, source, () => true)
    expect(await folder.messageOf(reading)).toMatchInlineSnapshot(
      `"UsageError: users cannot be read: EISDIR: illegal operation on a directory, read"`,
    )
  })
})
