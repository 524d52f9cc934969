/**
 * Which row comes next: `sequential` the rows in order for all users together, round again;
 * `random` any row, seeded, each user with a sequence of its own; `unique` one row for each user,
 * which keeps it.
 */
export type RowPick = 'sequential' | 'random' | 'unique'

/** What happens when more users than rows want a unique one: an error, or round again. */
export type WhenDry = 'fail' | 'wrap'

interface Picking {
  readonly pick: RowPick
  readonly whenDry: WhenDry
}

export interface CsvSource extends Picking {
  readonly kind: 'csv'
  /** As it was written; absolute when it was given as a URL. */
  readonly file: string
  readonly columns: readonly string[] | undefined
  readonly header: boolean
  /** Of one field from the next; `undefined` when a comma is only assumed. */
  readonly delimiter: string | undefined
}

export interface JsonSource extends Picking {
  readonly kind: 'json'
  readonly file: string
  readonly columns: readonly string[] | undefined
}

export interface RowsSource<Row> extends Picking {
  readonly kind: 'rows'
  readonly rows: readonly Row[]
}

/** Never there at run time: it tells what type of row a file holds. */
declare const rowType: unique symbol

/**
 * Rows of data and how users are given them. A description only: nothing is read before a load
 * opens it.
 */
export type DataSource<Row> = (CsvSource | JsonSource | RowsSource<Row>) & {
  readonly [rowType]?: Row
}
