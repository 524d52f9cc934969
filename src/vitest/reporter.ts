import { join } from 'node:path'
import type {
  Reporter,
  TestCase,
  TestModule,
  TestRunEndReason,
  TestSpecification,
  Vitest,
} from 'vitest/node'
import {
  RESULTS,
  toRunFile,
  type RunFile,
  type RunFileEnd,
  type RunFileHead,
  type TestEntry,
} from '../run-file/run-file.ts'
import { runHead } from '../run-file/run-head.ts'
import { writeRunFile } from '../run-file/write-run-file.ts'
import { recordsOf } from './artifact.ts'
import { tellBaselines } from './tell-baselines.ts'
import type { ControlServer } from './control-server.ts'
import { guardedBy } from './guarded.ts'
import { endInterrupted, interruptsOf } from './interrupts.ts'
import type { Live } from './live.ts'
import type { Outside } from './outside.ts'
import { hasRun, perfTests } from './perf-tests.ts'
import { PROJECT } from './projects.ts'
import { toReportSettings, type ReportSettings } from './report-options.ts'
import { RunKept } from './run-kept.ts'
import { runningTest } from './running-test.ts'
import type { Interrupts } from './signals.ts'

/** What the head of the run file says of the options and the environment. */
export type RunFileTold = Pick<RunFileHead, 'target' | 'environment'>

/**
 * Collects what the perf tests measured, keeps it in the run file as it comes, and prints the summary.
 * It also looks after what lives as long as a run: the services under test and Ctrl+C.
 */
export class PerfReporter implements Reporter {
  readonly #server: ControlServer | undefined
  readonly #told: RunFileTold
  readonly #reports: ReportSettings
  readonly #outside: Outside | undefined
  readonly #guarded = guardedBy(() => this.#vitest)
  #vitest: Vitest | undefined
  #head: RunFileHead | undefined
  #kept: RunKept | undefined
  /** Of the last run that came to its end. */
  #file: RunFile | undefined
  #interrupts: Interrupts | undefined
  #live: Live | undefined
  /** Ends to hear of the loads of the run before. */
  #unhear: (() => void) | undefined

  constructor(
    server?: ControlServer,
    told: RunFileTold = {},
    reports: ReportSettings = toReportSettings(undefined, process.env),
    outside?: Outside,
  ) {
    this.#server = server
    this.#told = told
    this.#reports = reports
    this.#outside = outside
  }

  onInit(vitest: Vitest): void {
    this.#vitest = vitest
    this.#outside?.onStop(() => this.#interrupts?.come('SIGINT'))
  }

  async onTestRunStart(specifications: readonly TestSpecification[]): Promise<void> {
    if (!specifications.some(({ project }) => project.name === PROJECT)) return
    this.#head = await this.#newHead()
    this.#interrupts = interruptsOf(this.#vitest)
    this.#kept = new RunKept(this.#results, this.#head)
    this.#kept.open()
    for (const { project } of specifications) {
      if (project.name === PROJECT) project.provide('vitest-perf:journal', this.#kept.folder)
    }
    const live = await this.#liveOf()
    if (this.#server !== undefined) {
      this.#server.running.testOf = (task) => runningTest(this.#vitest, task, this.#head?.id)
    }
    this.#unhear?.()
    this.#unhear = this.#server?.onTick((tick) => {
      void this.#guarded(async () => {
        live?.take(tick)
        await this.#kept?.tick()
      })
    })
    await this.#server?.listen()
    const going = { head: this.#head, folder: this.#kept.folder, results: this.#results }
    await this.#guarded(() => this.#outside?.begin(going))
    if (live !== undefined) live.dashboard = this.#outside?.address
  }

  onTestCaseReady({ project }: TestCase): void {
    if (project.name !== PROJECT) return
    this.#interrupts?.hearKeys()
    const tests = this.#testsSoFar()
    this.#kept?.begin(tests)
    this.#outside?.take(tests)
  }

  onTestCaseResult(testCase: TestCase): void {
    if (testCase.project.name !== PROJECT || recordsOf(testCase).length === 0) return
    const tests = this.#testsSoFar()
    this.#outside?.take(tests)
    this.#kept?.ended(testCase.id, tests)
  }

  /** Baselines are told among Vitest's snapshots, and `u` in watch mode updates them. */
  onTestModuleEnd(module: TestModule): void {
    const vitest = this.#vitest
    if (module.project.name !== PROJECT || vitest === undefined) return
    void this.#guarded(() => tellBaselines(vitest, module))
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
    else this.#kept?.remove()
    this.#kept = undefined
    this.#interrupts?.giveBack()
    await this.#guarded(async () => this.#outside?.end(this.#file, this.#results))
    await this.#guarded(async () => this.#server?.close())
    if (this.#interrupts !== undefined) endInterrupted(this.#vitest, this.#interrupts)
  }

  /** Loaded when a perf test runs: an ordinary suite pays for none of it. */
  async #liveOf(): Promise<Live | undefined> {
    if (this.#vitest === undefined) return undefined
    const { Live: Shown } = await import('./live.ts')
    this.#live ??= new Shown(this.#vitest)
    this.#live.begin()
    return this.#live
  }

  async #report(tests: readonly TestEntry[], ending: RunFileEnd['ending']): Promise<void> {
    const end: RunFileEnd = { finishedAt: new Date().toISOString(), ending }
    const all = (await this.#kept?.complete(tests)) ?? tests
    const file = toRunFile(await this.#headOf(), all, end)
    const written = writeRunFile(join(this.#results, `${file.id}.json`), file)
    if ('path' in written) this.#kept?.remove()
    // Loaded when there is something to show: an ordinary suite pays for none of it.
    const { presentRun } = await import('./present-run.ts')
    const [vitest, root, reports] = [this.#vitest, this.#root, this.#reports]
    await presentRun(file, { vitest, root, reports, written })
    this.#file = file
  }

  /** Made when the run began; a merge of blobs begins none. */
  async #headOf(): Promise<RunFileHead> {
    this.#head ??= await this.#newHead()
    return this.#head
  }

  #newHead(): Promise<RunFileHead> {
    return runHead({ root: this.#root, vitest: this.#vitest?.version ?? 'unknown', ...this.#told })
  }

  get #root(): string {
    return this.#vitest?.config.root ?? process.cwd()
  }

  get #results(): string {
    return join(this.#root, RESULTS)
  }

  #testsSoFar(): readonly TestEntry[] {
    return this.#vitest?.state.getTestModules().flatMap(perfTests) ?? []
  }
}
