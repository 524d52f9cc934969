import { stringify } from 'csv-stringify/sync'

export type CsvCell = string | number

/**
 * A table as CSV by RFC 4180, lines ended by CR LF. A text that a spreadsheet would take for a formula
 * (it begins with `=`, `+`, `-`, `@`, a tab, a CR or a full-width twin of one) gets a `'` in front.
 */
export const csvText = (
  columns: readonly string[],
  rows: readonly (readonly CsvCell[])[],
): string =>
  stringify([columns, ...rows], {
    record_delimiter: '\r\n',
    escape_formulas: true,
    // By itself it quotes CR LF, and leaves a single one of them bare.
    quoted_match: /[\r\n]/,
  })
