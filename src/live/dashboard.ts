import type { SteerAnswer, SteerCommand } from '../load/steering.ts'
import type { RunFile, RunFileHead, TestEntry } from '../run-file/run-file.ts'
import type { Watched } from './app.ts'
import { LiveFeed } from './feed.ts'
import type { LoadNow } from './live-loads.ts'
import type { LivePage, LiveState, Start } from './live-page.ts'
import { LiveRun, type RunSoFar } from './live-run.ts'
import { PageMaker } from './page-maker.ts'
import type { StartRequest, SteerRequest } from './requests.ts'

/** What a dashboard asks of those who run the tests. */
export interface Sources {
  /** The loads that run now. */
  loads(): readonly LoadNow[]
  steer(which: string | undefined, command: SteerCommand): Promise<SteerAnswer>
  /** The last lines of the services under test. */
  log(): readonly string[]
  /** Where tests can be started. */
  readonly starter?: Starter | undefined
}

/** Starts perf tests, in watch mode. */
export interface Starter {
  now(): Start
  start(request: StartRequest): Promise<SteerAnswer>
}

const NO_START = 'tests can be started in watch mode only: npx vitest'

/** What a dashboard shows, one run after the other. */
export class Dashboard implements Watched {
  readonly feed: LiveFeed
  readonly #sources: Sources
  readonly #maker = new PageMaker()
  #state: LiveState = 'waiting'
  #live: LiveRun | undefined
  #over: RunSoFar | undefined

  constructor(sources: Sources, every?: number) {
    this.#sources = sources
    this.feed = new LiveFeed(() => this.#page(), every)
  }

  /** A run begins; `folder` is where its journals are. */
  begin(head: RunFileHead, folder: string): void {
    this.#live = new LiveRun(head, folder)
    this.#over = undefined
    this.#state = 'running'
  }

  /** What is known of its tests by now. */
  take(tests: readonly TestEntry[]): void {
    this.#live?.take(tests)
  }

  /** A run that is over: the one that began, or one that is kept. */
  end(file: RunFile | undefined, state: 'ended' | 'replay' = 'ended'): void {
    this.#live = undefined
    if (file !== undefined) this.#over = { file, loads: [] }
    this.#state = this.#over === undefined ? 'waiting' : state
  }

  async file(): Promise<RunFile | undefined> {
    return (await this.#run())?.file
  }

  steer({ load, command }: SteerRequest): Promise<SteerAnswer> {
    return this.#sources.steer(load, command)
  }

  start(request: StartRequest): Promise<SteerAnswer> {
    const { starter } = this.#sources
    if (starter !== undefined) return starter.start(request)
    return Promise.resolve({ ok: false, message: NO_START })
  }

  async #page(): Promise<LivePage> {
    const run = await this.#run()
    const { starter } = this.#sources
    return this.#maker.make(run, {
      state: this.#state,
      now: this.#live === undefined ? [] : this.#sources.loads(),
      log: this.#sources.log(),
      start: starter?.now(),
    })
  }

  async #run(): Promise<RunSoFar | undefined> {
    return this.#over ?? (await this.#live?.read())
  }
}

/** Of a run that is kept: there is nobody to ask. */
export function replayOf(file: RunFile): Dashboard {
  const message = 'this run is over'
  const dashboard = new Dashboard({
    loads: () => [],
    log: () => [],
    steer: () => Promise.resolve({ ok: false, message }),
  })
  dashboard.end(file, 'replay')
  return dashboard
}
