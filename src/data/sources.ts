import { UsageError } from '../errors/usage-error.ts'
import type { DataSource, RowPick, WhenDry } from './data-source.ts'
import { SourceOptions, toFile } from './source-options.ts'

/** How users are given rows. */
export interface PickOptions {
  /** Default `'sequential'`. */
  readonly pick?: RowPick | undefined
  /** With `pick: 'unique'` only. Default `'fail'`: the load is refused before any traffic. */
  readonly whenDry?: WhenDry | undefined
}

export interface JsonOptions extends PickOptions {
  /** What every row must have; a row without is an error. */
  readonly columns?: readonly string[] | undefined
}

export interface CsvOptions<Column extends string = string> extends PickOptions {
  /** The columns to keep, each of which must be there. Default all. */
  readonly columns?: readonly Column[] | undefined
  /** `false` for a file that starts with its first row; `columns` then names all. Default `true`. */
  readonly header?: boolean | undefined
  /** Default a comma. */
  readonly delimiter?: string | undefined
}

/**
 * Rows of a CSV file (RFC 4180, UTF-8) with a header row; every value is a string.
 *
 * @param file from the folder of the test file or else the root of the project, or a `file:` URL
 * @throws UsageError for a mistake in the options; the file itself is read by the load
 */
export function csv<const Column extends string = string>(
  file: string | URL,
  options: CsvOptions<Column> = {},
): DataSource<Readonly<Record<Column, string>>> {
  const path = call('csv', file)
  const read = new SourceOptions(options, path, ['columns', 'header', 'delimiter'])
  const header = read.flag('header', true)
  const columns = read.columns()
  if (!header && columns === undefined) {
    read.mistake(
      new UsageError(
        `${path}.columns`,
        "a list of all columns when header is false, like ['user']",
      ),
    )
  }
  const delimiter = read.delimiter()
  return Object.freeze({
    kind: 'csv' as const,
    file: read.check(() => toFile(file, path), ''),
    columns,
    header,
    delimiter,
    ...read.done(),
  })
}

/**
 * Rows of a JSON file that holds one array. Their type is taken on trust; `columns` has it checked.
 *
 * @param file from the folder of the test file or else the root of the project, or a `file:` URL
 * @throws UsageError for a mistake in the options; the file itself is read by the load
 */
export function json<Row = Readonly<Record<string, unknown>>>(
  file: string | URL,
  options: JsonOptions = {},
): DataSource<Row> {
  const path = call('json', file)
  const read = new SourceOptions(options, path, ['columns'])
  return Object.freeze({
    kind: 'json' as const,
    file: read.check(() => toFile(file, path), ''),
    columns: read.columns(),
    ...read.done(),
  })
}

/** Rows of an array. @throws UsageError for one without rows and for a mistake in the options */
export function rows<Row>(list: readonly Row[], options: PickOptions = {}): DataSource<Row> {
  const read = new SourceOptions(options, 'rows(list)', [])
  if (!Array.isArray(list) || list.length === 0) {
    read.mistake(new UsageError('rows(list)', 'an array with at least one row', list))
  }
  return Object.freeze({ kind: 'rows' as const, rows: list, ...read.done() })
}

/**
 * What a user gave as data: a description, or an array, whose rows are then picked in order.
 * @throws UsageError naming `path`
 */
export function toSource<Row>(
  data: DataSource<Row> | readonly Row[],
  path: string,
): DataSource<Row> {
  if (isArray(data)) {
    if (data.length > 0) return rows(data)
    throw new UsageError(path, 'an array with at least one row', data)
  }
  if (isSource(data)) return data
  throw new UsageError(
    path,
    "csv('users.csv'), json('users.json') or an array of rows",
    data,
    remedy(data),
  )
}

function remedy(data: unknown): string | undefined {
  if (typeof data !== 'string') return undefined
  return `Write ${/\.json$/i.test(data) ? 'json' : 'csv'}('${data}')`
}

function isArray(data: unknown): data is readonly unknown[] {
  return Array.isArray(data)
}

function isSource(data: unknown): boolean {
  if (typeof data !== 'object' || data === null || !('kind' in data)) return false
  return data.kind === 'csv' || data.kind === 'json' || data.kind === 'rows'
}

function call(name: 'csv' | 'json', file: unknown): string {
  return typeof file === 'string' ? `${name}('${file}')` : `${name}(file)`
}
