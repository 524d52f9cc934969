import { knownNames, nearest } from '../errors/nearest.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { CsvSource } from './data-source.ts'

/** What else separates fields in the wild. */
const DELIMITERS = [';', '\t', '|']

/**
 * The columns to read of a header row: their names, `null` for those that are not wanted.
 * @param at file and line of the header
 * @throws UsageError when it cannot be the header that was meant
 */
export function columnsOf(
  header: readonly string[],
  { columns, delimiter }: Pick<CsvSource, 'columns' | 'delimiter'>,
  at: string,
): (string | null)[] {
  const names = header.map((name) => name.trim())
  if (delimiter === undefined) refuseOtherDelimiter(names, at)
  const missing = columns?.filter((column) => !names.includes(column)) ?? []
  if (missing.length > 0) throw withoutColumn(missing, names, columns ?? [], at)
  const wanted = names.filter((name) => columns?.includes(name) ?? true)
  if (wanted.includes('')) throw withoutName(names.indexOf('') + 1, names, at)
  const twice = wanted.find((name, index) => wanted.indexOf(name) !== index)
  if (twice !== undefined) throw UsageError.saying(at, `${at} has two columns named "${twice}"`)
  return names.map((name) => (wanted.includes(name) ? name : null))
}

/** One column whose name holds a semicolon is a table of a spreadsheet that writes those. */
function refuseOtherDelimiter(names: readonly string[], at: string): void {
  const [only = '', second] = names
  const found = DELIMITERS.find((each) => only.includes(each))
  if (second !== undefined || found === undefined) return
  const shown = found === '\t' ? '\\t' : found
  const message = `${at} has one column with '${shown}' in its name. If that is several, say delimiter: '${shown}'; if it is one, delimiter: ','`
  throw UsageError.saying(at, message)
}

function withoutColumn(
  missing: readonly string[],
  names: readonly string[],
  wanted: readonly string[],
  at: string,
): UsageError {
  const [column = ''] = missing
  const isHeader = missing.length < wanted.length || nearest(column, names) !== undefined
  const rest = isHeader
    ? knownNames(column, names)
    : // It may be a row: what is in it is not for a log.
      `none of its ${names.length} columns is one of ${wanted.map((each) => `"${each}"`).join(', ')}. ` +
      'If the file starts with its first row, say header: false'
  return UsageError.saying(at, `${at} has no column "${column}"; ${rest}`)
}

function withoutName(column: number, names: readonly string[], at: string): UsageError {
  const named = names.filter((name) => name !== '').map((name) => `'${name}'`)
  const remedy = `Name it, or say which columns you want: columns: [${named.join(', ')}]`
  return UsageError.saying(at, `${at} has no name for column ${column}. ${remedy}`)
}
