export { loadsOf, type Load } from './report/loads.ts'
export {
  exportRun,
  type ExportedFile,
  type ExportFormat,
  type ExportOptions,
} from './report/export/export-run.ts'
export { renderHtml, type HtmlOptions } from './report/html.ts'
export { toLocustCsv, type LocustCsv } from './report/export/locust-csv.ts'
export { toK6Summary, type K6Summary } from './report/export/k6-summary.ts'
export { toK6SummaryExport, type K6SummaryExport } from './report/export/k6-summary-export.ts'
export { renderMarkdown as toMarkdown, type MarkdownOptions } from './report/markdown.ts'
export { renderTerminal as toTerminal, type TerminalOptions } from './report/terminal.ts'
export { compareRuns } from './report/compare/compare-runs.ts'
export { comparisonToHtml } from './report/compare/comparison-page.ts'
export { comparisonToMarkdown } from './report/compare/compare-markdown.ts'
export { comparisonToTerminal } from './report/compare/compare-terminal.ts'
export type {
  Comparison,
  CompareOptions,
  ComparedEndpoint,
  ComparedFigure,
  ComparedLoad,
} from './report/compare/comparison.ts'
export { readRunFile as readRun } from './run-file/read-run-file.ts'
export { listRuns, type RunEntry } from './run-file/list-runs.ts'
export type { RunFile, TestEntry } from './run-file/run-file.ts'
export { UsageError } from './errors/usage-error.ts'
