import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** How a run that goes on can be reached, for the command line of the same user. */
export interface RunningFile {
  /** Of Vitest's main process. */
  readonly pid: number
  readonly startedAt: string
  /** Where it answers: the path of a socket, or the name of a pipe. */
  readonly socket: string
  /** Of its dashboard, with the token; absent when it has none. */
  readonly dashboard?: string | undefined
}

/** One that was found. */
export interface FoundRun extends RunningFile {
  readonly path: string
  /** Its process has gone without taking it away. */
  readonly stale: boolean
}

const nameOf = (pid: number): string => `running-${pid}.json`
const NAME = /^running-\d+\.json$/

/** Writes it to the folder of results, for its user alone. A disk that refuses costs the command line only. */
export function writeRunningFile(folder: string, file: RunningFile): string | undefined {
  const path = join(folder, nameOf(file.pid))
  try {
    mkdirSync(folder, { recursive: true })
    // Made anew, so that its mode is this one, and whole when it is there.
    rmSync(`${path}.tmp`, { force: true })
    writeFileSync(`${path}.tmp`, JSON.stringify(file), { mode: 0o600, flag: 'wx' })
    renameSync(`${path}.tmp`, path)
    return path
  } catch {
    return undefined
  }
}

export function removeRunningFile(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch {
    return
  }
}

/** Those of a folder of results, the newest first. */
export function findRunning(folder: string): readonly FoundRun[] {
  return namesIn(folder)
    .map((name) => readRunning(join(folder, name)))
    .filter((found) => found !== undefined)
    .toSorted((left, right) => (left.startedAt < right.startedAt ? 1 : -1))
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => NAME.test(name))
  } catch {
    return []
  }
}

function readRunning(path: string): FoundRun | undefined {
  try {
    const file = JSON.parse(readFileSync(path, 'utf8')) as RunningFile
    return { ...file, path, stale: !isAlive(file.pid) }
  } catch {
    return undefined
  }
}

/** A process of somebody else is one, too. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
