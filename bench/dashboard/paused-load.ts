import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pidusage from 'pidusage'
import { Child } from '../common/child.ts'
import { createProject, PID, type ProjectOptions } from './project.ts'

const VITEST = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url))
/** After it was let go on: what its timers owe comes first. */
const SETTLES = 500
/** In it a dashboard shows one page. */
const JUDGED = 2_000

export interface PausedLoadOptions extends Omit<ProjectOptions, 'baseUrl'> {
  readonly dashboard: boolean
}

/** What a load did in one window. */
export interface Window {
  readonly perSecond: number
  /** CPU of the generator for each request, in µs. */
  readonly cpuMicros: number
  /** The share of its core that the generator used, and that its service used. */
  readonly busy: number
  readonly serverBusy: number
}

interface Reading {
  readonly at: number
  readonly answered: number
  readonly cpu: number
  readonly serverCpu: number
}

/**
 * A run of Vitest with one long load, against a service of its own, that stands still until it is let go on for a
 * window. So two of them are compared within seconds, where a machine is mostly as fast as a moment ago.
 */
export class PausedLoad implements AsyncDisposable {
  readonly #server: Child
  readonly #root: string
  readonly #vitest: ChildProcess
  readonly #ended: Promise<never>
  #output = ''
  #pid = 0

  static async start(options: PausedLoadOptions): Promise<PausedLoad> {
    const server = new Child(new URL('../http/server.ts', import.meta.url), { core: 'server' })
    const baseUrl = await server.call<string>('url')
    const root = await createProject({ ...options, baseUrl })
    return new PausedLoad(server, root, options)
  }

  private constructor(server: Child, root: string, { cores, dashboard }: PausedLoadOptions) {
    this.#server = server
    this.#root = root
    const run = [process.execPath, VITEST, 'run', '--root', root]
    const pinned = cores === undefined ? run : ['taskset', '-c', `${cores.server}`, ...run]
    const [program = '', ...args] = pinned
    const { PERF_DASHBOARD: _, ...environment } = process.env
    this.#vitest = spawn(program, args, {
      // A group of its own is stopped and let go on as one.
      detached: true,
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...environment, ...(dashboard && { PERF_DASHBOARD: '1' }) },
    })
    for (const stream of [this.#vitest.stdout, this.#vitest.stderr]) {
      stream?.setEncoding('utf8').on('data', (chunk: string) => (this.#output += chunk))
    }
    this.#ended = once(this.#vitest, 'exit').then(([code, signal]) => {
      throw new Error(`vitest ended with ${code ?? signal}: ${this.#output}`)
    })
    this.#ended.catch(() => {})
    // What stands still would do so for ever.
    process.once('exit', this.#kill)
  }

  /** Where its dashboard is. */
  address(): Promise<string> {
    return this.#until(() => /http:\/\/\S+#token=\S+/.exec(this.#output)?.[0])
  }

  /** Resolves when its load has warmed up, and stands still. */
  async pause(): Promise<void> {
    const file = join(this.#root, PID)
    this.#pid = Number(await this.#until(() => readFile(file, 'utf8').catch(() => undefined)))
    await Promise.race([sleep(3_000), this.#ended])
    this.#signal('SIGSTOP')
  }

  /** @throws Error when the load has ended */
  async window(): Promise<Window> {
    this.#signal('SIGCONT')
    await Promise.race([sleep(SETTLES), this.#ended])
    const from = await this.#read()
    await Promise.race([sleep(JUDGED), this.#ended])
    const to = await this.#read()
    this.#signal('SIGSTOP')
    const [took, answered] = [to.at - from.at, to.answered - from.answered]
    return {
      perSecond: (answered / took) * 1_000,
      cpuMicros: ((to.cpu - from.cpu) * 1_000) / answered,
      busy: (to.cpu - from.cpu) / took,
      serverBusy: (to.serverCpu - from.serverCpu) / took,
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    process.off('exit', this.#kill)
    this.#kill()
    await this.#ended.catch(() => {})
    await this.#server[Symbol.asyncDispose]()
    await rm(this.#root, { recursive: true, force: true })
  }

  async #read(): Promise<Reading> {
    const { ctime: cpu } = await pidusage(this.#pid)
    const serverCpu = await this.#server.call<number>('cpu')
    const answered = await this.#server.call<number>('answered')
    return { at: performance.now(), answered, cpu, serverCpu }
  }

  async #until<T>(look: () => T | undefined | Promise<T | undefined>): Promise<T> {
    for (;;) {
      const seen = await look()
      if (seen !== undefined) return seen
      await Promise.race([sleep(20), this.#ended])
    }
  }

  #signal(signal: NodeJS.Signals): void {
    const { pid, exitCode, signalCode } = this.#vitest
    if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, signal)
  }

  readonly #kill = (): void => this.#signal('SIGKILL')
}
