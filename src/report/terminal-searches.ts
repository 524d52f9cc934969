import type { AbRecord, CapacityRecord } from '../run-file/search-records.ts'
import { AB_HEAD, abFacts, abWarnings, changeRows, sidesOf } from './ab-figures.ts'
import {
  CURVE_HEAD,
  capacityFacts,
  capacityLines,
  capacityText,
  capacityWarnings,
  curveRows,
} from './capacity-figures.ts'
import { bold, dim, green, red, yellow, type Line } from './styled-line.ts'
import { tableLines, type Cell, type Column } from './table.ts'

const INDENT = '   '
const MOST_CHANGES = 12
const MOST_LOADS = 20

const CHANGES: readonly Column[] = [
  { align: 'left' },
  { align: 'right', expendable: 1 },
  { align: 'right', expendable: 0 },
  { align: 'right' },
  { align: 'left' },
  { align: 'right', expendable: 2 },
]

/** Two targets beside each other: each figure of both, and by how much head is worse. */
export function abLines(ab: AbRecord, columns: number): Line[] {
  const rows = changeRows(ab).slice(0, MOST_CHANGES)
  const cells = rows.map(({ cells: all, surely }) =>
    all.map((text, at): Cell =>
      at !== 3 ? text : surely === 'worse' ? red(text) : surely === 'better' ? green(text) : text,
    ),
  )
  const head = AB_HEAD.map((text) => dim(text))
  return [
    ...abWarnings(ab).map((text): Line => [INDENT, yellow(`! ${text}`)]),
    [INDENT, sidesOf(ab)],
    [INDENT, dim(abFacts(ab))],
    ...(rows.length === 0
      ? []
      : tableLines(CHANGES, [head, ...cells], { columns, indent: INDENT })),
  ]
}

const CURVE: readonly Column[] = [
  { align: 'right' },
  { align: 'right' },
  { align: 'right' },
  { align: 'right', expendable: 1 },
  { align: 'right', expendable: 3 },
  { align: 'right' },
  { align: 'right', expendable: 2 },
  { align: 'right' },
]

const MET = { all: green, some: yellow, none: red }

/** What a search found, and the curve of throughput and latency against load. */
export function capacityBlock(capacity: CapacityRecord, columns: number): Line[] {
  const rows = curveRows(capacity).slice(-MOST_LOADS)
  const cells = rows.map(({ cells: all, met }) =>
    all.map((text, at): Cell => (at === 1 ? MET[met](text) : text)),
  )
  const head = CURVE_HEAD.map((text) => dim(text))
  return [
    ...capacityWarnings(capacity).map((text): Line => [INDENT, yellow(`! ${text}`)]),
    [INDENT, 'capacity  ', bold(capacityText(capacity))],
    [INDENT, dim(capacityFacts(capacity))],
    ...(rows.length === 0 ? [] : tableLines(CURVE, [head, ...cells], { columns, indent: INDENT })),
    ...capacityLines(capacity).map((text): Line => [INDENT, dim(text)]),
  ]
}
