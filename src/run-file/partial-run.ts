import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseRunFile } from './parse-run-file.ts'
import { SO_FAR, type RunFile } from './run-file.ts'
import { withJournals } from './with-journals.ts'

/** The run of a folder `<id>.partial`: the tests that have ended, and the loads that were under way. */
export async function readPartialRun(folder: string): Promise<RunFile> {
  const path = join(folder, SO_FAR)
  const file = parseRunFile(await readFile(path, 'utf8'), path)
  return { ...file, tests: await withJournals(file.tests, folder) }
}
