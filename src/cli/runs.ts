import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { UsageError } from '../errors/usage-error.ts'
import { listRuns, type RunEntry } from '../run-file/list-runs.ts'
import { readRunFile } from '../run-file/read-run-file.ts'
import { RESULTS, type RunFile } from '../run-file/run-file.ts'
import { namedRun } from './named-run.ts'

/** A run, and where it is kept. */
export interface KeptRun {
  readonly path: string
  readonly file: RunFile
}

/**
 * Where runs are kept: the folder that was named, or the `.vitest/perf` of this folder or of the nearest
 * one above that has it.
 * @throws UsageError when the named one is not there
 */
export function resultsFolder(named: string | undefined, from: string = process.cwd()): string {
  if (named !== undefined) {
    const folder = resolve(from, named)
    if (existsSync(folder)) return folder
    throw UsageError.saying('--dir', `there is no folder ${named}`, named)
  }
  for (let at = from; ; at = dirname(at)) {
    if (existsSync(join(at, RESULTS))) return join(at, RESULTS)
    if (dirname(at) === at) return join(from, RESULTS)
  }
}

/**
 * The run of that name, of its beginning or at that path; without a name the latest.
 * @throws UsageError when there is none, or when it cannot be read
 */
export async function findRun(name: string | undefined, dir: string | undefined): Promise<KeptRun> {
  const path = isPath(name) ? resolve(name) : (await entryOf(name, dir)).path
  try {
    return { path, file: await readRunFile(path) }
  } catch (error) {
    if (!isMissing(error)) throw error
    throw UsageError.saying('run', `there is no run at ${name ?? path}`, name)
  }
}

/** A file that was brought from elsewhere, such as from a CI job. */
const isPath = (name: string | undefined): name is string =>
  name !== undefined && (name.includes('/') || name.includes('\\') || name.endsWith('.json'))

async function entryOf(name: string | undefined, dir: string | undefined): Promise<RunEntry> {
  return namedRun(name, await listRuns(resultsFolder(dir)))
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT'
