import type { CsvError } from 'csv-parse'
import { UsageError } from '../errors/usage-error.ts'

const WORDS: Readonly<Record<string, string>> = {
  CSV_INVALID_CLOSING_QUOTE:
    'has text after a closing quote. Write "" for a quote inside of quotes',
  CSV_QUOTE_NOT_CLOSED: 'starts a row with a quote that is never closed',
  CSV_MAX_RECORD_SIZE: 'starts a row of more than 16 MiB; is a quote never closed?',
  INVALID_OPENING_QUOTE:
    'has a quote in the midst of a field. Put the whole field in quotes, with "" for one inside',
}

/**
 * What the parser found wrong, with file and line and what to write instead.
 * @param line on which the row starts that could not be read
 */
export function csvMistake(error: CsvError, label: string, line: number): UsageError {
  const at = `${label}:${line}`
  return UsageError.saying(at, `${at} ${words(error)}`)
}

function words(error: CsvError): string {
  if (error.code === 'CSV_RECORD_INCONSISTENT_COLUMNS') return ragged(error)
  return WORDS[error.code] ?? `cannot be read as CSV: ${error.message}`
}

function ragged({ record, columns }: CsvError): string {
  const fields = Array.isArray(record) ? record.length : 0
  const expected = Array.isArray(columns) ? columns.length : 0
  const hint = fields > expected ? '. Put a value that holds the delimiter in quotes' : ''
  const plural = fields === 1 ? 'field' : 'fields'
  return `has ${fields} ${plural}, and the table has ${expected} columns${hint}`
}
