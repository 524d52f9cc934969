import type { TestEntry } from '../../run-file/run-file.ts'
import type { AbRecord, CapacityRecord } from '../../run-file/search-records.ts'
import { AB_HEAD, abFacts, abWarnings, changeRows, sidesOf } from '../ab-figures.ts'
import {
  CURVE_HEAD,
  capacityFacts,
  capacityLines,
  capacityText,
  capacityWarnings,
  curveRows,
} from '../capacity-figures.ts'
import type { Search } from './report-page.ts'

/** What a test measured by many runs: two targets beside each other, how much a service sustains. */
export const searchesOf = ({ record }: TestEntry): readonly Search[] => [
  ...(record.comparisons ?? []).map(comparison),
  ...(record.capacities ?? []).map(capacity),
]

const comparison = (ab: AbRecord): Search => ({
  facts: abFacts(ab),
  notes: abWarnings(ab),
  lines: [],
  table: { title: sidesOf(ab), head: AB_HEAD, rows: changeRows(ab).map(({ cells }) => cells) },
})

const capacity = (found: CapacityRecord): Search => ({
  facts: capacityFacts(found),
  notes: capacityWarnings(found),
  lines: capacityLines(found),
  table: {
    title: `Capacity: ${capacityText(found)}`,
    head: CURVE_HEAD,
    rows: curveRows(found).map(({ cells }) => cells),
  },
})
