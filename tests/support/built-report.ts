import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fillTemplate } from '../../src/report/html.ts'
import { toReportPage } from '../../src/report/page/to-report-page.ts'
import type { RunFile } from '../../src/run-file/run-file.ts'

const TEMPLATE = join(import.meta.dirname, '..', '..', 'dist', 'report', 'page.html')

/** The report of a run, made by the sources on the page that was built last. */
export async function builtReport(run: RunFile, baseline?: RunFile): Promise<string> {
  return fillTemplate(await readFile(TEMPLATE, 'utf8'), toReportPage(run, baseline))
}
