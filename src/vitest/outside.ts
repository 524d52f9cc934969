import type { Vitest } from 'vitest/node'
import { PATHS, type LogAnswer, type RunStatus, type StopAnswer } from '../live/asked.ts'
import { LogLines } from '../live/log-lines.ts'
import { removeRunningFile, writeRunningFile } from '../live/running-file.ts'
import type { RunFile, RunFileHead, TestEntry } from '../run-file/run-file.ts'
import type { ControlServer, Route } from './control-server.ts'
import type { DashboardSettings } from './dashboard-options.ts'
import { ServedDashboard } from './served-dashboard.ts'

const answering =
  (answer: (query: URLSearchParams) => unknown): Route =>
  async ({ url = '/' }, response) => {
    const { searchParams } = new URL(url, 'http://control')
    response.end(JSON.stringify({ result: await answer(searchParams) }))
  }

interface Around {
  readonly vitest: Vitest
  readonly server: ControlServer
  /** Where the server listens. */
  readonly socket: string
  readonly dashboard: DashboardSettings | undefined
}

/** A run that goes on. */
interface Going {
  readonly head: RunFileHead
  /** Of the partial run. */
  readonly folder: string
  /** Of all runs. */
  readonly results: string
}

/**
 * How those outside of Vitest reach its perf tests: the dashboard, and the command line, which finds a file with what
 * it needs in the folder of results.
 */
export class Outside {
  readonly #around: Around
  readonly #startedAt = new Date().toISOString()
  readonly #lines: LogLines
  readonly #dashboard: ServedDashboard | undefined
  #end: () => void = () => {}
  #going: Going | undefined
  #tests: readonly TestEntry[] = []
  #path: string | undefined
  #address: string | undefined
  readonly #remove = (): void => this.#takeAway()

  constructor(around: Around) {
    const { server, vitest, dashboard: settings } = around
    this.#around = around
    this.#lines = new LogLines(() => server.services)
    const isBusy = (): boolean => this.#going !== undefined
    this.#dashboard =
      settings && new ServedDashboard({ vitest, server, settings, lines: this.#lines, isBusy })
    const { routes } = server
    routes.set(
      PATHS.status,
      answering(() => this.#status()),
    )
    routes.set(
      PATHS.logs,
      answering((query) => this.#logs(query)),
    )
    routes.set(
      PATHS.stop,
      answering((query) => this.#stop(query.get('force') === '1')),
    )
  }

  /** How a run is ended as Ctrl+C ends it. */
  onStop(end: () => void): void {
    this.#end = end
  }

  /** Of the dashboard, once it is served. */
  get address(): string | undefined {
    return this.#address
  }

  async begin(going: Going): Promise<void> {
    this.#going = going
    this.#tests = []
    const address = await this.#dashboard?.open()
    this.#address = address
    this.#leave(going.results, address)
    await this.#dashboard?.begin(going.head, going.folder)
  }

  take(tests: readonly TestEntry[]): void {
    this.#tests = tests
    void this.#dashboard?.take(tests)
  }

  /** The run is over, if there was one. A watcher waits for the next, which may be started on its dashboard. */
  async end(file: RunFile | undefined, results: string): Promise<void> {
    this.#going = undefined
    await this.#dashboard?.end(file)
    if (this.#around.vitest.config.watch && this.#dashboard !== undefined) {
      this.#leave(results, await this.#dashboard.wait())
    } else await this.close(OVER)
  }

  /** Without a reason those who watch come again by themselves: Vitest starts anew. */
  async close(reason: string | undefined): Promise<void> {
    this.#takeAway()
    await this.#dashboard?.close(reason)
  }

  #status(): RunStatus {
    const ended = this.#tests.filter(({ state }) => state === 'passed' || state === 'failed')
    return {
      run: this.#going?.head.id,
      startedAt: this.#going?.head.startedAt ?? this.#startedAt,
      loads: this.#around.server.loads().map(({ title, tick }) => ({ title, tick })),
      ended: ended.length,
      failed: ended.filter(({ state }) => state === 'failed').length,
    }
  }

  #logs(query: URLSearchParams): LogAnswer {
    const after = query.get('after')
    if (after !== null) return this.#lines.since(Number(after))
    const { count } = this.#lines.since(Infinity)
    return { count, lines: this.#lines.tail(Number(query.get('lines') ?? 100)) }
  }

  #stop(force: boolean): StopAnswer {
    // After the answer has gone. What is on the disk by then is kept.
    if (force) setTimeout(() => process.exit(INTERRUPTED), 50)
    else this.#end()
    return { run: this.#going?.head.id }
  }

  #leave(results: string, dashboard: string | undefined): void {
    process.off('exit', this.#remove).on('exit', this.#remove)
    const { socket } = this.#around
    const file = { pid: process.pid, startedAt: this.#startedAt, socket }
    this.#path = writeRunningFile(results, { ...file, ...(dashboard && { dashboard }) })
  }

  #takeAway(): void {
    process.off('exit', this.#remove)
    if (this.#path !== undefined) removeRunningFile(this.#path)
    this.#path = undefined
  }
}

/** What a shell takes for Ctrl+C. */
const INTERRUPTED = 130

const OVER = 'the run is over; vitest-perf dashboard shows it again'
