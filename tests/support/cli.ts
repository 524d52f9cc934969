import { mkdtemp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { RunFile } from '../../src/run-file/run-file.ts'
import { startVitest, type RunningVitest } from './vitest-process.ts'

/** The program as it is published. */
export const CLI = join(import.meta.dirname, '..', '..', 'dist', 'cli.js')

/** A folder in which the program is called; gone when it is disposed of. */
export interface CliFolder extends AsyncDisposable {
  readonly root: string
  /** `vitest-perf …`, to its end. */
  run(...args: readonly string[]): RunningVitest['ended']
  /** The same in a folder of it. */
  runIn(path: string, ...args: readonly string[]): RunningVitest['ended']
  /** The same in a terminal of 80 columns; see `hasTerminal`. */
  start(...args: readonly string[]): RunningVitest
  write(path: string, text: string): Promise<void>
  read(path: string): Promise<string>
  /** What is in a folder, without what is in folders of it. */
  list(path: string): Promise<readonly string[]>
}

/** A folder of its own, outside of the repository, with these runs as its results. */
export async function cliFolder(runs: readonly RunFile[] = []): Promise<CliFolder> {
  const root = await mkdtemp(join(tmpdir(), 'vitest-perf-cli-'))
  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), text)
  }
  for (const run of runs) await write(`.vitest/perf/${run.id}.json`, JSON.stringify(run))
  const running = new Set<RunningVitest>()
  const begin = (args: readonly string[], at = root, terminal = false): RunningVitest => {
    const program = startVitest({ root: at, args, env: {}, terminal, script: CLI })
    running.add(program)
    return program
  }
  // A test that timed out never comes to its end, and must not leave a program behind.
  const endAll = async (): Promise<void> => {
    await Promise.all([...running].map((program) => program.kill()))
  }
  onTestFinished(endAll)
  return {
    root,
    run: (...args) => begin(args).ended,
    runIn: (path, ...args) => begin(args, join(root, path)).ended,
    start: (...args) => begin(args, root, true),
    write,
    read: (path) => readFile(join(root, path), 'utf8'),
    list: async (path) => (await readdir(join(root, path))).toSorted(),
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true, maxRetries: 3 }),
  }
}
