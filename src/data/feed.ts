import { seedOf } from '../stats/random.ts'
import type { DataSource, RowPick, WhenDry } from './data-source.ts'
import { findFile, type FoundFile } from './find-file.ts'
import { createPicker } from './pickers.ts'
import { readCsv } from './read-csv.ts'
import { readJson } from './read-json.ts'
import { WHOLE, type Share } from './share.ts'

/** Rows that were read, handed out to the virtual users of one load. */
export interface Feed<Row> {
  /** The file as errors name it, or `an array`. */
  readonly label: string
  readonly pick: RowPick
  readonly whenDry: WhenDry
  /** How many rows there are. */
  readonly total: number
  /**
   * The next row of this user; of a unique feed the same each time.
   * @param arrival of an open load: counted over all generators, it says alone which row comes
   * @throws UsageError when unique rows have run dry, which `checkUsers` tells before any traffic
   */
  next(user: number, arrival?: number): Row
}

export interface FeedOptions {
  readonly seed: number
  /** Which generator this is of how many. Default the only one. */
  readonly share?: Share | undefined
  /** Those of all generators who take a unique row, the first row first. Default as they come. */
  readonly users?: readonly number[] | undefined
  /** Where relative paths start, the first that has the file. Default the working directory. */
  readonly folders?: readonly string[] | undefined
}

/** A source and where its file is; the file is `undefined` for an array. */
export interface Located<Row> {
  readonly source: DataSource<Row>
  readonly file: FoundFile | undefined
}

/**
 * Reads the rows of a source for one load.
 * @throws UsageError for a file that is not there or not such a table
 */
export async function openFeed<Row>(
  source: DataSource<Row>,
  options: FeedOptions,
): Promise<Feed<Row>> {
  return readFeed(await locate(source, options.folders), options)
}

/** @throws UsageError when there is no such file */
export async function locate<Row>(
  source: DataSource<Row>,
  folders: readonly string[] = [process.cwd()],
): Promise<Located<Row>> {
  return {
    source,
    file: source.kind === 'rows' ? undefined : await findFile(source.file, folders),
  }
}

export async function readFeed<Row>(
  located: Located<Row>,
  { seed, share = WHOLE, users = [] }: Omit<FeedOptions, 'folders'>,
): Promise<Feed<Row>> {
  const { pick, whenDry } = located.source
  const { rows: read, total } = await readRows(located)
  // What a file holds is the source's claim: `csv<{ token: string }>('tokens.csv')`.
  const rows = read as readonly Row[]
  const label = located.file?.label ?? 'an array'
  const own = { label, pick, whenDry, total }
  return { ...own, next: createPicker(rows, { ...own, share, users, seed: seedOf(seed, 0) }) }
}

async function readRows({ source, file }: Located<unknown>): Promise<{
  readonly rows: readonly unknown[]
  readonly total: number
}> {
  if (source.kind === 'rows') return { rows: source.rows, total: source.rows.length }
  if (file === undefined) throw new Error('a file that was not located')
  if (source.kind === 'csv') return await readCsv(file, source, () => true)
  const rows = await readJson(file, source)
  return { rows, total: rows.length }
}
