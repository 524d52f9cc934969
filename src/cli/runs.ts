import { existsSync } from 'node:fs'
import { dirname, join, parse, resolve } from 'node:path'
import { UsageError } from '../errors/usage-error.ts'
import { listRuns, type RunEntry } from '../run-file/list-runs.ts'
import { readRunFile } from '../run-file/read-run-file.ts'
import { RESULTS, type RunFile } from '../run-file/run-file.ts'
import { namedRun, noSuchRun } from './named-run.ts'

/** A run, and where it is kept. */
export interface KeptRun {
  readonly path: string
  /** Of its file, without the ending: how files are called that are made of it. */
  readonly name: string
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
 * The run of that name, the latest of that branch or commit, or the one at that path; without a name the
 * latest.
 * @throws UsageError when there is none, or when it cannot be read
 */
export async function findRun(name: string | undefined, dir: string | undefined): Promise<KeptRun> {
  if (isPath(name)) return read(resolve(name), name)
  const runs = await listRuns(resultsFolder(dir))
  const named = namedRun(name, runs)
  if (named !== undefined) return read(named.path, named.id)
  const found = name === undefined ? undefined : await ofRevision(name, runs)
  if (found !== undefined) return found
  throw noSuchRun(name, runs)
}

async function read(path: string, called: string): Promise<KeptRun> {
  try {
    return { path, name: parse(path).name, file: await readRunFile(path) }
  } catch (error) {
    if (!isMissing(error)) throw error
    throw UsageError.saying('run', `there is no run at ${called}`, called)
  }
}

/** How many runs are looked into for a branch: each has to be read. */
const MOST = 30
/** A shorter beginning of a commit might be a word. */
const LEAST = 7

async function ofRevision(name: string, runs: readonly RunEntry[]): Promise<KeptRun | undefined> {
  for (const { path, id } of runs.slice(0, MOST)) {
    const kept = await read(path, id).catch(() => undefined)
    const { branch, commit = '' } = kept?.file.git ?? {}
    if (branch === name || (name.length >= LEAST && commit.startsWith(name))) return kept
  }
  return undefined
}

/** A file that was brought from elsewhere, such as from a CI job. */
const isPath = (name: string | undefined): name is string =>
  name !== undefined && (name.includes('/') || name.includes('\\') || name.endsWith('.json'))

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT'
