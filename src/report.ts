export { renderHtml, type HtmlOptions } from './report/html.ts'
export { readRunFile as readRun } from './run-file/read-run-file.ts'
export type { RunFile } from './run-file/run-file.ts'
