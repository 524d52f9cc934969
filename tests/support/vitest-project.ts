import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { listRuns } from '../../src/run-file/list-runs.ts'
import { readRunFile } from '../../src/run-file/read-run-file.ts'
import { RESULTS, type RunFile } from '../../src/run-file/run-file.ts'
import { startVitest } from './vitest-process.ts'
import type { RunningVitest, VitestRun } from './vitest-process.ts'

/** Environment variables of one run, and what it is typed into. */
export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>
  /** A terminal of 80 columns, where there is one: see `hasTerminal`. */
  readonly terminal?: boolean
  /** In place of Vitest itself: what starts it. */
  readonly script?: string
}

/** A project on disk that real Vitest runs in; gone when it is disposed of. */
export interface VitestProject extends AsyncDisposable {
  readonly root: string
  /** `vitest run …`, to its end. */
  run(args?: readonly string[], options?: RunOptions): Promise<VitestRun>
  /** `vitest …`, to be spoken to while it runs. */
  start(args: readonly string[], options?: RunOptions): RunningVitest
  write(files: Readonly<Record<string, string>>): Promise<void>
  read(path: string): Promise<string>
  /** The runs, oldest first; partial ones too. */
  runFiles(): Promise<readonly RunFile[]>
}

/** Inside the repository, so that `vitest` and the built package are found; git ignores it. */
const HOME = join(import.meta.dirname, '..', '..', '.tmp', 'e2e')

/** Makes a project of these files. Its name is a folder: no two tests may share one. */
export async function vitestProject(
  name: string,
  files: Readonly<Record<string, string>>,
): Promise<VitestProject> {
  const root = join(HOME, name)
  await rm(root, { recursive: true, force: true })
  const running = new Set<RunningVitest>()
  const write = (more: Readonly<Record<string, string>>): Promise<void> => writeAll(root, more)
  await write(files)
  const start = (
    args: readonly string[],
    { env = {}, terminal = false, script }: RunOptions = {},
  ): RunningVitest => {
    const vitest = startVitest({ root, args, env, terminal, script })
    running.add(vitest)
    return vitest
  }
  const endAll = async (): Promise<void> => {
    await Promise.all([...running].map((vitest) => vitest.kill()))
  }
  // A test that timed out never comes to its end, and must not leave a run behind.
  onTestFinished(endAll)
  return {
    root,
    start,
    run: (args = [], options = {}) => start(['run', ...args], options).ended,
    write,
    read: (path) => readFile(join(root, path), 'utf8'),
    runFiles: () => readRunFiles(join(root, RESULTS)),
    [Symbol.asyncDispose]: async () => {
      await endAll()
      await rm(root, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}

async function writeAll(root: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    const file = join(root, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
  }
}

async function readRunFiles(folder: string): Promise<readonly RunFile[]> {
  const runs = await listRuns(folder)
  return Promise.all(runs.toReversed().map(({ path }) => readRunFile(path)))
}
