import type { Vitest } from 'vitest/node'
import type { Dashboard } from '../live/dashboard.ts'
import type { LogLines } from '../live/log-lines.ts'
import type { Served } from '../live/serve.ts'
import type { RunFile, RunFileHead, TestEntry } from '../run-file/run-file.ts'
import type { ControlServer } from './control-server.ts'
import type { DashboardSettings } from './dashboard-options.ts'
import { TestStarter } from './start-tests.ts'

interface Around {
  readonly vitest: Vitest
  readonly server: ControlServer
  readonly settings: DashboardSettings
  readonly lines: LogLines
  /** Whether perf tests run. */
  readonly isBusy: () => boolean
}

/** Lines of the services on the page. */
const LINES = 200

interface Place {
  readonly token: string
  readonly port: number
  readonly wanted: number | undefined
}

/** Where a watcher that starts anew, as after a change of its config, serves it again: whoever watches stays. */
const places = new WeakMap<Vitest, Place>()

/** The dashboard of this Vitest, from the first run of perf tests to its end. */
export class ServedDashboard {
  readonly #around: Around
  #opening: Promise<Opened> | undefined

  constructor(around: Around) {
    this.#around = around
  }

  /** Serves it, if it is not yet; gives its address, with the token. */
  async open(): Promise<string> {
    this.#opening ??= this.#open()
    return (await this.#opening).served.address
  }

  /** A watcher waits for changes, or for somebody to start a test. */
  async wait(): Promise<string> {
    const address = await this.open()
    await (await this.#opening)?.starter?.look()
    return address
  }

  async begin(head: RunFileHead, folder: string): Promise<void> {
    const opened = await this.#opening
    opened?.dashboard.begin(head, folder)
  }

  async take(tests: readonly TestEntry[]): Promise<void> {
    const opened = await this.#opening
    opened?.dashboard.take(tests)
  }

  async end(file: RunFile | undefined): Promise<void> {
    const opened = await this.#opening
    opened?.dashboard.end(file)
  }

  async close(reason: string | undefined): Promise<void> {
    const opening = this.#opening
    this.#opening = undefined
    const opened = await opening?.catch(() => undefined)
    await opened?.served.close(reason)
  }

  async #open(): Promise<Opened> {
    const { vitest, server, settings, lines, isBusy } = this.#around
    const starter = vitest.config.watch ? new TestStarter(vitest, isBusy) : undefined
    const [{ Dashboard: Shown }, { serveDashboard }, { dashboardHtml }] = await Promise.all([
      import('../live/dashboard.ts'),
      import('../live/serve.ts'),
      import('../report/dashboard-html.ts'),
    ])
    const dashboard = new Shown({
      loads: () => server.loads(),
      steer: (which, command) => server.steer(which, command),
      log: () => lines.tail(LINES),
      starter,
    })
    const before = places.get(vitest)
    const served = await serveDashboard(dashboard, {
      html: dashboardHtml(),
      ...settings,
      ...(before !== undefined && {
        token: before.token,
        port: before.wanted === settings.port ? before.port : settings.port,
      }),
    })
    places.set(vitest, { token: served.token, port: served.port, wanted: settings.port })
    const notes = served.notes.map((note) => ` (${note})`).join('')
    vitest.logger.log(`\n perf: dashboard  ${served.address}${notes}`)
    return { dashboard, served, starter }
  }
}

interface Opened {
  readonly dashboard: Dashboard
  readonly served: Served
  /** Of a watcher. */
  readonly starter: TestStarter | undefined
}
