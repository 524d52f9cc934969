import { appendFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join, relative } from 'node:path'
import type {
  Reporter,
  TestCase,
  TestModule,
  TestRunEndReason,
  TestSpecification,
  Vitest,
} from 'vitest/node'
import type { TerminalOptions } from '../report/terminal.ts'
import {
  runFileId,
  toRunFile,
  type RunFile,
  type RunFileEnd,
  type RunFileHead,
  type TestEntry,
} from '../run-file/run-file.ts'
import { writeRunFile } from '../run-file/write-run-file.ts'
import { isEmpty } from '../run-file/join-records.ts'
import { recordsOf } from './artifact.ts'
import type { ControlServer } from './control-server.ts'
import type { Live } from './live.ts'
import { PROJECT } from './projects.ts'
import { takeSignals, type Interrupts } from './signals.ts'
import { terminalOf } from './terminal.ts'
import { toTestEntry } from './test-entry.ts'

/**
 * Collects what the perf tests measured, keeps it in the run file as it comes, and prints the summary.
 * It also looks after what lives as long as a run: the services under test and Ctrl+C.
 */
export class PerfReporter implements Reporter {
  readonly #server: ControlServer | undefined
  #vitest: Vitest | undefined
  #head: RunFileHead | undefined
  #interrupts: Interrupts | undefined
  #live: Live | undefined

  constructor(server?: ControlServer) {
    this.#server = server
  }

  onInit(vitest: Vitest): void {
    this.#vitest = vitest
  }

  async onTestRunStart(specifications: readonly TestSpecification[]): Promise<void> {
    if (!specifications.some(({ project }) => project.name === PROJECT)) return
    this.#head = this.#newHead()
    this.#interrupts = takeSignals((signal) => this.#cancel(signal))
    const live = await this.#liveOf()
    if (this.#server !== undefined) {
      this.#server.onTick = (tick) => void this.#guarded(() => live?.take(tick))
    }
    await this.#server?.listen()
  }

  /** Writes what there is so far, for a reader and for the day that the process is killed. */
  onTestCaseResult(testCase: TestCase): void {
    if (testCase.project.name !== PROJECT || recordsOf(testCase).length === 0) return
    const tests = this.#vitest?.state.getTestModules().flatMap(perfTests) ?? []
    void this.#guarded(() => void this.#write(toRunFile(this.#headOf(), tests)))
  }

  async onTestRunEnd(
    modules: readonly TestModule[],
    _errors: unknown,
    reason: TestRunEndReason,
  ): Promise<void> {
    this.#live?.end()
    const tests = modules.flatMap(perfTests)
    // A test whose process died never comes to an end.
    const cut = reason === 'interrupted' || tests.some(({ state }) => state === 'running')
    const ending = cut ? 'interrupted' : 'complete'
    if (tests.some(hasRun)) await this.#guarded(() => this.#report(tests, ending))
    const exitCode = this.#interrupts?.giveBack()
    await this.#guarded(async () => this.#server?.close())
    // Vitest has set it to 1 by now: a test that was given up did not pass.
    if (exitCode !== undefined) process.exitCode = exitCode
  }

  /** Loaded when a perf test runs: an ordinary suite pays for none of it. */
  async #liveOf(): Promise<Live | undefined> {
    if (this.#vitest === undefined) return undefined
    const { Live: Shown } = await import('./live.ts')
    this.#live ??= new Shown(this.#vitest)
    this.#live.begin()
    return this.#live
  }

  #cancel(signal: NodeJS.Signals): void {
    const vitest = this.#vitest
    vitest?.logger.log(
      `\n perf: ${signal}; loads stop and keep their results. Press Ctrl+C again to end at once.`,
    )
    void vitest?.cancelCurrentRun('keyboard-input')
  }

  async #report(tests: readonly TestEntry[], ending: RunFileEnd['ending']): Promise<void> {
    const end: RunFileEnd = { finishedAt: new Date().toISOString(), ending }
    const file = toRunFile(this.#headOf(), tests, end)
    await this.#print(file, this.#write(file))
    await appendSummary(file)
  }

  /** An error in here would be taken for one of the tests. */
  async #guarded(act: () => void | Promise<void>): Promise<void> {
    try {
      await act()
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      this.#vitest?.logger.error(`\n perf: ${why}`)
    }
  }

  /** Made when the run began; a merge of blobs begins none. */
  #headOf(): RunFileHead {
    this.#head ??= this.#newHead()
    return this.#head
  }

  #newHead(): RunFileHead {
    const now = new Date()
    return {
      id: runFileId(now),
      startedAt: now.toISOString(),
      vitest: this.#vitest?.version ?? 'unknown',
      node: process.versions.node,
      platform: `${process.platform} ${process.arch}`,
      cpus: availableParallelism(),
    }
  }

  #write(file: RunFile): Pick<TerminalOptions, 'path' | 'warning'> {
    const root = this.#vitest?.config.root ?? process.cwd()
    const written = writeRunFile(join(root, '.vitest', 'perf'), file)
    return 'path' in written ? { path: relative(process.cwd(), written.path) } : written
  }

  async #print(file: RunFile, where: Pick<TerminalOptions, 'path' | 'warning'>): Promise<void> {
    // Loaded when there is something to print: an ordinary suite pays for none of it.
    const { renderTerminal } = await import('../report/terminal.ts')
    const terminal = terminalOf(process.stdout, process.env, process.argv)
    this.#vitest?.logger.log(renderTerminal(file, { ...terminal, ...where }))
  }
}

const perfTests = (module: TestModule): TestEntry[] =>
  module.project.name === PROJECT
    ? [...module.children.allTests()].map((test) => toTestEntry(test, module))
    : []

/** A test that was given up counts as skipped, and may have results all the same. */
const hasRun = ({ state, record }: TestEntry): boolean => state !== 'skipped' || !isEmpty(record)

/** GitHub shows this file's content with the job. */
async function appendSummary(file: RunFile): Promise<void> {
  const path = process.env.GITHUB_STEP_SUMMARY
  if (path === undefined || path === '') return
  const { renderMarkdown } = await import('../report/markdown.ts')
  await appendFile(path, renderMarkdown(file)).catch((error: unknown) => {
    throw new Error(`GITHUB_STEP_SUMMARY was not written: ${String(error)}`)
  })
}
