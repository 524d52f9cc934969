import { gzipSync } from 'node:zlib'
import type { RunFile } from '../run-file/run-file.ts'
import { readPageTemplate } from './page-template.ts'
import { toReportPage } from './page/to-report-page.ts'

export interface HtmlOptions {
  /** A run to compare with: its shapes are outlined, and changes are said. */
  readonly baseline?: RunFile | undefined
}

/** The report of a run as one HTML file that loads nothing, and opens without a server. */
export const renderHtml = (run: RunFile, { baseline }: HtmlOptions = {}): string =>
  fillTemplate(readPageTemplate(), toReportPage(run, baseline))

/** Where the template has room for what a page shows. */
const DATA = '<!--data-->'

/**
 * A page with its data in it. They are packed (gzip, then base64), so that nothing in them is ever read as
 * markup.
 * @throws TypeError for a template without room for data
 */
export function fillTemplate(template: string, page: object): string {
  const at = template.indexOf(DATA)
  if (at === -1) throw new TypeError('this is no page of vitest-perf: it has no room for data')
  const packed = gzipSync(JSON.stringify(page)).toString('base64')
  return template.slice(0, at) + packed + template.slice(at + DATA.length)
}
