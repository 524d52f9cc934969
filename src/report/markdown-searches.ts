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
import { escapeMarkdown } from './escape-markdown.ts'
import { markdownTable } from './markdown-table.ts'

const warnings = (texts: readonly string[]): string =>
  texts.map((text) => `- ⚠️ ${escapeMarkdown(text)}`).join('\n')

const escaped = (cells: readonly string[]): string[] => cells.map(escapeMarkdown)

/** Two targets beside each other. */
export const abDetails = (ab: AbRecord): string[] => [
  warnings(abWarnings(ab)),
  `**${escapeMarkdown(sidesOf(ab))}**`,
  `<sub>${escapeMarkdown(abFacts(ab))}</sub>`,
  markdownTable(
    AB_HEAD,
    '-rrrrr',
    changeRows(ab).map(({ cells }) => escaped(cells)),
  ),
]

/** What a search found, and its curve. */
export const capacityDetails = (capacity: CapacityRecord): string[] => [
  warnings(capacityWarnings(capacity)),
  `**Capacity: ${escapeMarkdown(capacityText(capacity))}**`,
  `<sub>${escapeMarkdown(capacityFacts(capacity))}</sub>`,
  markdownTable(
    CURVE_HEAD,
    'rrrrrrrr',
    curveRows(capacity).map(({ cells }) => escaped(cells)),
  ),
  capacityLines(capacity).map(escapeMarkdown).join('  \n'),
]
