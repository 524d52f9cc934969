import { appendFile } from 'node:fs/promises'
import { relative } from 'node:path'
import type { Vitest } from 'vitest/node'
import type { RunFile } from '../run-file/run-file.ts'
import type { Written } from '../run-file/write-whole.ts'
import { isBrief, terminalOf } from './terminal.ts'

interface Outcome {
  readonly vitest: Vitest
  /** Where run files are. */
  readonly results: string
  readonly run: Written
  /** Absent when no report is wanted. */
  readonly report: Written | undefined
}

/** Prints the summary of a run, below Vitest's own lines. */
export async function printSummary(
  file: RunFile,
  { vitest, results, run, report }: Outcome,
): Promise<void> {
  const [path, html] = [run, report].map((each) =>
    each !== undefined && 'path' in each ? relative(process.cwd(), each.path) : undefined,
  )
  const warnings = [run, report].flatMap((each) =>
    each !== undefined && 'warning' in each ? [each.warning] : [],
  )
  // Loaded when there is something to print: an ordinary suite pays for none of it.
  const { renderTerminal } = await import('../report/terminal.ts')
  const brief = isBrief(vitest.config.reporters)
  const terminal = terminalOf(process.stdout, process.env, { argv: process.argv, brief })
  const before = await runBefore(file, results)
  const where = { path, report: html, warnings, brief, before }
  vitest.logger.log(renderTerminal(file, { ...terminal, ...where }))
}

/** The latest run before this one that came to its end. */
async function runBefore({ id }: RunFile, results: string): Promise<string | undefined> {
  const { listRuns } = await import('../run-file/list-runs.ts')
  return (await listRuns(results)).find((run) => run.id < id && !run.partial)?.id
}

/** GitHub shows this file's content with the job. */
export async function appendStepSummary(file: RunFile): Promise<void> {
  const path = process.env.GITHUB_STEP_SUMMARY
  if (path === undefined || path === '') return
  const { renderMarkdown } = await import('../report/markdown.ts')
  await appendFile(path, renderMarkdown(file)).catch((error: unknown) => {
    throw new Error(`GITHUB_STEP_SUMMARY was not written: ${String(error)}`)
  })
}
