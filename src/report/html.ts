import { gzipSync } from 'node:zlib'
import type { RunFile } from '../run-file/run-file.ts'
import { toReportPage } from './page/to-report-page.ts'

/** Where the template has room for what a page shows. */
const DATA = '<!--data-->'

export interface HtmlOptions {
  /** A run to compare with: its shapes are outlined, and changes are said. */
  readonly baseline?: RunFile | undefined
}

/**
 * The report of a run as one HTML file that loads nothing. `template` is the page that the package was
 * built with. The data are packed, so that nothing in them is ever read as markup.
 * @throws TypeError for a template without room for the data
 */
export function renderHtml(run: RunFile, template: string, { baseline }: HtmlOptions = {}): string {
  return fillTemplate(template, toReportPage(run, baseline))
}

/** A page of this package with its data in it. */
function fillTemplate(template: string, page: object): string {
  const at = template.indexOf(DATA)
  if (at === -1) throw new TypeError('this is no page of vitest-perf: it has no room for data')
  const packed = gzipSync(JSON.stringify(page)).toString('base64')
  return template.slice(0, at) + packed + template.slice(at + DATA.length)
}
