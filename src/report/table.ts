import { displayWidth, fit, fitMiddle, padEnd, padStart } from './display-width.ts'
import type { Line, Span } from './styled-line.ts'

export type Cell = string | Span

export interface Column {
  readonly align: 'left' | 'right'
  /** Left out when there is no room; the highest number first. Without one it always stays. */
  readonly expendable?: number
}

export interface TableOptions {
  readonly columns: number
  readonly indent: string
  /** The first column never gets narrower while another one can be left out. Default 16. */
  readonly least?: number
}

const GAP = '  '

/**
 * Rows as lines of one width each column. The first column takes what the others leave and is cut;
 * when it would get too narrow, expendable columns go.
 */
export function tableLines(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  { columns: total, indent, least = 16 }: TableOptions,
): Line[] {
  const widths = columns.map((_, at) => Math.max(0, ...rows.map((row) => widthOfCell(row[at]))))
  const first = widths[0] ?? 0
  let shown = columns.map((_, at) => at).filter((at) => at === 0 || (widths[at] ?? 0) > 0)
  const room = (): number => total - indent.length - othersWidth(shown, widths)
  while (room() < Math.min(first, least)) {
    const goes = mostExpendable(shown, columns)
    if (goes === undefined) break
    shown = shown.filter((at) => at !== goes)
  }
  widths[0] = Math.max(1, Math.min(first, room()))
  return rows.map((row) => [
    indent,
    ...shown.flatMap((at) => {
      const [cell, width] = [row[at] ?? '', widths[at] ?? 0]
      if (at === 0) return [changed(cell, (text) => padEnd(fitMiddle(text, width), width))]
      const pad = columns[at]?.align === 'right' ? padStart : padEnd
      return [GAP, changed(cell, (text) => pad(fit(text, width), width))]
    }),
  ])
}

/** Columns that the rows take when nothing is cut. */
export function naturalWidth(rows: readonly (readonly Cell[])[], indent: string): number {
  const count = Math.max(0, ...rows.map((row) => row.length))
  const widths = Array.from({ length: count }, (_, at) =>
    Math.max(0, ...rows.map((row) => widthOfCell(row[at]))),
  ).filter((width) => width > 0)
  const gaps = GAP.length * Math.max(0, widths.length - 1)
  return indent.length + widths.reduce((sum, width) => sum + width, gaps)
}

function othersWidth(shown: readonly number[], widths: readonly number[]): number {
  return shown.slice(1).reduce((sum, at) => sum + GAP.length + (widths[at] ?? 0), 0)
}

function mostExpendable(shown: readonly number[], columns: readonly Column[]): number | undefined {
  const able = shown.filter((at) => columns[at]?.expendable !== undefined)
  return able.toSorted((a, b) => (columns[b]?.expendable ?? 0) - (columns[a]?.expendable ?? 0))[0]
}

const widthOfCell = (cell: Cell = ''): number =>
  displayWidth(typeof cell === 'string' ? cell : cell.text)

const changed = (cell: Cell, change: (text: string) => string): Cell =>
  typeof cell === 'string' ? change(cell) : { ...cell, text: change(cell.text) }
