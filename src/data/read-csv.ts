import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { CsvError, parse, type Parser } from 'csv-parse'
import { UsageError } from '../errors/usage-error.ts'
import type { Bytes } from '../units/units.ts'
import { csvMistake } from './csv-mistake.ts'
import { columnsOf } from './csv-header.ts'
import type { CsvSource } from './data-source.ts'
import { lineAfter } from './line-after.ts'
import { unreadable, type FoundFile } from './find-file.ts'

/** A quote that is never closed must not pull the rest of a big file into one field. */
const LONGEST_ROW: Bytes = 16 * 1_024 * 1_024

export interface CsvRows {
  /** Those that `keep` wanted. */
  readonly rows: readonly Readonly<Record<string, string>>[]
  /** All that the file has. */
  readonly total: number
}

/**
 * Streams the rows of a CSV file: no more of it is held than the rows to keep. A byte order mark,
 * every kind of line end and empty lines between rows are taken as they come.
 *
 * @param keep whether the row of this index, from 0, is wanted
 * @throws UsageError with file and line for a file that is not such a table
 */
export async function readCsv(
  file: FoundFile,
  source: Pick<CsvSource, 'columns' | 'header' | 'delimiter'>,
  keep: (index: number) => boolean,
): Promise<CsvRows> {
  const rows: Readonly<Record<string, string>>[] = []
  let total = 0
  // Where the last row ended; `undefined` before the header.
  let end: Bytes | undefined
  const header = (names: string[]): (string | null)[] => {
    end = parser.info.bytes
    return columnsOf(names, source, `${file.label}:${parser.info.lines}`)
  }
  const parser: Parser = parse<Record<string, string>>({
    bom: true,
    columns: source.header ? header : [...(source.columns ?? [])],
    delimiter: source.delimiter ?? ',',
    max_record_size: LONGEST_ROW,
    skip_empty_lines: true,
    // Kept here and not passed on: a queue of every row would only slow the reading down.
    on_record: (row, { bytes }) => {
      end = bytes
      if (keep(total++)) rows.push(row)
      return null
    },
  })
  parser.resume()
  await pipeline(createReadStream(file.path), parser).catch(async (error: unknown) => {
    if (error instanceof UsageError) throw error
    if (!(error instanceof CsvError)) throw unreadable(file, error)
    throw csvMistake(error, file.label, await lineAfter(file.path, end ?? 0))
  })
  if (total === 0) throw withoutRows(file.label, end !== undefined)
  return { rows, total }
}

function withoutRows(label: string, header: boolean): UsageError {
  return UsageError.saying(label, `${label} ${header ? 'has a header but no rows' : 'is empty'}`)
}
