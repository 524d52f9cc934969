import type { RunData } from '../load/load-run.ts'
import { counted } from './figures.ts'
import { STEP_HEAD, stepFacts, stepRows } from './step-figures.ts'
import { dim, green, red, yellow, type Line, type Span } from './styled-line.ts'
import { tableLines, type Column } from './table.ts'

const MOST_STEPS = 12
const INDENT = '   '

const COLUMNS: readonly Column[] = [
  { align: 'right' },
  { align: 'right', expendable: 2 },
  { align: 'right' },
  { align: 'right', expendable: 3 },
  { align: 'right' },
  { align: 'right', expendable: 1 },
  { align: 'right' },
  { align: 'left' },
]

const STATUS = { met: green, missed: red, unfinished: yellow }

/** The steps of a load that climbed, and where it broke; none for any other load. */
export function stepLines(run: RunData, columns: number): Line[] {
  if (run.steps === undefined) return []
  const [rows, left] = stepRows(run, MOST_STEPS)
  const cells = rows.map(({ cells: all, status }): (string | Span)[] => [
    ...all.slice(0, -1),
    STATUS[status](status),
  ])
  const table = tableLines(COLUMNS, [STEP_HEAD.map((text) => dim(text)), ...cells], {
    columns,
    indent: INDENT,
  })
  const before = left === 0 ? [] : [[INDENT, dim(`${counted(left, 'step')} before these`)]]
  const [sustained = '', ...broke] = stepFacts(run)
  return [
    ...before,
    ...table,
    [INDENT, sustained],
    ...broke.map((text): Line => [INDENT, red(text)]),
  ]
}
