import { UsageError } from '../errors/usage-error.ts'
import { seedOf } from '../stats/random.ts'
import type { DataSource, RowPick, WhenDry } from './data-source.ts'
import { findFile, type FoundFile } from './find-file.ts'
import { createPicker } from './pickers.ts'
import { readCsv } from './read-csv.ts'
import { readJson } from './read-json.ts'
import { checkShare, WHOLE, type Share } from './share.ts'

/** Rows that were read, handed out to the virtual users of one load. */
export interface Feed<Row> {
  /** The file as errors name it, or `an array`. */
  readonly label: string
  readonly pick: RowPick
  readonly whenDry: WhenDry
  /** How many rows there are. */
  readonly total: number
  /** How many of them this generator hands out; fewer than `total` beside other generators. */
  readonly own: number
  readonly share: Share
  /**
   * The next row of this user; of a unique feed the same each time.
   * @throws UsageError when unique rows have run dry, which `checkUsers` tells before any traffic
   */
  next(user: number): Row
}

export interface FeedOptions {
  readonly seed: number
  /** Which generator this is of how many. Default the only one. */
  readonly share?: Share | undefined
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
  { seed, share = WHOLE }: Pick<FeedOptions, 'seed' | 'share'>,
): Promise<Feed<Row>> {
  checkShare(share)
  const { pick, whenDry } = located.source
  // Any generator may pick any row at random; otherwise no row is of two generators.
  const keep = (index: number): boolean => pick === 'random' || index % share.of === share.index
  const { rows: read, total } = await readRows(located, keep)
  // What a file holds is the source's claim: `csv<{ token: string }>('tokens.csv')`.
  const rows = read as readonly Row[]
  const label = located.file?.label ?? 'an array'
  if (rows.length === 0 && !(pick === 'unique' && whenDry === 'fail')) {
    const message = `${label} has ${total} ${total === 1 ? 'row' : 'rows'} for ${share.of} generators, and each needs at least one`
    throw UsageError.saying(label, message)
  }
  const own = { label, pick, whenDry, total, own: rows.length, share }
  return { ...own, next: createPicker(rows, { ...own, seed: seedOf(seed, share.index) }) }
}

async function readRows(
  { source, file }: Located<unknown>,
  keep: (index: number) => boolean,
): Promise<{ readonly rows: readonly unknown[]; readonly total: number }> {
  if (source.kind === 'rows' || file === undefined) {
    const all = source.kind === 'rows' ? source.rows : []
    return { rows: all.filter((_, index) => keep(index)), total: all.length }
  }
  if (source.kind === 'csv') return await readCsv(file, source, keep)
  const all = await readJson(file, source)
  return { rows: all.filter((_, index) => keep(index)), total: all.length }
}
