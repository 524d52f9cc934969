import { readFile } from 'node:fs/promises'
import { parseRunFile } from './parse-run-file.ts'
import { readPartialRun } from './partial-run.ts'
import { PARTIAL, type RunFile } from './run-file.ts'

/**
 * The run of a file `<id>.json`, or of the folder `<id>.partial` of one that has no end; see `listRuns`.
 * @throws UsageError when it is no run file, is damaged, or was written by a newer version; whatever
 *   `readFile` throws when there is none
 */
export async function readRunFile(path: string): Promise<RunFile> {
  if (path.endsWith(PARTIAL)) return readPartialRun(path)
  return parseRunFile(await readFile(path, 'utf8'), path)
}
