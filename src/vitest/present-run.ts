import { appendFile } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import type { Vitest } from 'vitest/node'
import { renderHtml } from '../report/html.ts'
import { renderMarkdown } from '../report/markdown.ts'
import { renderTerminal } from '../report/terminal.ts'
import { listRuns } from '../run-file/list-runs.ts'
import { RESULTS, type RunFile } from '../run-file/run-file.ts'
import { writeWhole, type Written } from '../run-file/write-whole.ts'
import { reportName } from './report-name.ts'
import type { ReportSettings } from './report-options.ts'
import { isBrief, terminalOf } from './terminal.ts'

/** Where things go. */
interface Presented {
  readonly vitest: Vitest | undefined
  /** The root of the project. */
  readonly root: string
  readonly reports: ReportSettings
  /** What became of the run file. */
  readonly written: Written
}

/** All that is made of a run when it has ended: the report, the summary, that of a job on GitHub. */
export async function presentRun(file: RunFile, presented: Presented): Promise<void> {
  const { vitest, root, reports, written } = presented
  const report = reports.html === undefined ? undefined : writeReport(file, reports.html, root)
  const brief = isBrief(vitest?.config.reporters ?? [])
  const terminal = terminalOf(process.stdout, process.env, { argv: process.argv, brief })
  const warnings = [written, report].flatMap((each) =>
    each !== undefined && 'warning' in each ? [each.warning] : [],
  )
  const before = await runBefore(file, join(root, RESULTS))
  const where = { path: placeOf(written), report: placeOf(report), warnings, before, brief }
  vitest?.logger.log(renderTerminal(file, { ...terminal, ...where }))
  await appendSummary(file)
}

/** The latest run before this one that came to its end. */
async function runBefore({ id }: RunFile, results: string): Promise<string | undefined> {
  return (await listRuns(results)).find((run) => run.id < id && !run.partial)?.id
}

/** `name` has places to fill, and is from the root. */
function writeReport(file: RunFile, name: string, root: string): Written {
  try {
    return writeWhole(resolve(root, reportName(name, file)), renderHtml(file), 'the report')
  } catch (error) {
    // The run is on the disk: a report can be made of it again.
    const reason = error instanceof Error ? error.message : String(error)
    return { warning: `the report was not written: ${reason}` }
  }
}

/** From where the reader is. */
const placeOf = (written: Written | undefined): string | undefined =>
  written !== undefined && 'path' in written ? relative(process.cwd(), written.path) : undefined

/** GitHub shows this file's content with the job. */
async function appendSummary(file: RunFile): Promise<void> {
  const path = process.env.GITHUB_STEP_SUMMARY
  if (path === undefined || path === '') return
  await appendFile(path, renderMarkdown(file)).catch((error: unknown) => {
    throw new Error(`GITHUB_STEP_SUMMARY was not written: ${String(error)}`)
  })
}
