import { UsageError } from '../../errors/usage-error.ts'
import type { RunFile } from '../../run-file/run-file.ts'
import { cleanText } from '../clean-text.ts'
import { loadsOf, type Load } from '../loads.ts'
import { renderMarkdown } from '../markdown.ts'
import { toK6SummaryExport } from './k6-summary-export.ts'
import { toK6Summary } from './k6-summary.ts'
import { toLocustCsv } from './locust-csv.ts'

/** `csv`: Locust's four files. `k6`: what `handleSummary` gets. `k6-export`: what `--summary-export` writes. */
export type ExportFormat = (typeof FORMATS)[number]

export const FORMATS = ['csv', 'k6', 'k6-export', 'markdown'] as const

export interface ExportOptions {
  readonly format: ExportFormat
  /** How file names begin. Default: the id of the run. */
  readonly name?: string
  /** Of the loads: those whose title has this in it. */
  readonly load?: string
}

/** A file to write: where it goes is the caller's. */
export interface ExportedFile {
  readonly name: string
  readonly text: string
}

/**
 * A run in a format of others. A run of several loads gives files for each: `run-2_stats.csv` holds the
 * second.
 * @throws UsageError for an unknown format, and when there is no load to export
 */
export function exportRun(file: RunFile, options: ExportOptions): readonly ExportedFile[] {
  const { format, name = file.id } = options
  if (!FORMATS.includes(format)) {
    throw new UsageError('format', `one of ${FORMATS.join(', ')}`, format)
  }
  if (format === 'markdown') return [{ name: `${name}.md`, text: renderMarkdown(file) }]
  const loads = chosen(file, options)
  return loads.flatMap((load, at) =>
    filesOf(load, format, loads.length > 1 ? `${name}-${at + 1}` : name),
  )
}

function chosen(file: RunFile, { load: part }: ExportOptions): readonly Load[] {
  const all = loadsOf(file)
  const found = all.filter(({ title }) => part === undefined || title.includes(part))
  if (found.length > 0) return found
  const titles = all.map(({ title }) => `'${cleanText(title)}'`).join(', ')
  const message =
    all.length === 0
      ? `run ${file.id} has no load to export: no test in it ran one`
      : `no load of run ${file.id} has '${part}' in its title. There are: ${titles}`
  throw UsageError.saying('load', message, part)
}

function filesOf(
  load: Load,
  format: Exclude<ExportFormat, 'markdown'>,
  name: string,
): readonly ExportedFile[] {
  switch (format) {
    case 'csv': {
      const { stats, history, failures, exceptions } = toLocustCsv(load)
      return [
        { name: `${name}_stats.csv`, text: stats },
        { name: `${name}_stats_history.csv`, text: history },
        { name: `${name}_failures.csv`, text: failures },
        { name: `${name}_exceptions.csv`, text: exceptions },
      ]
    }
    case 'k6':
      return [{ name: `${name}.json`, text: json(toK6Summary(load)) }]
    case 'k6-export':
      return [{ name: `${name}.json`, text: json(toK6SummaryExport(load)) }]
    default:
      return format satisfies never
  }
}

const json = (value: object): string => `${JSON.stringify(value, undefined, 2)}\n`
