import type { Vitest } from 'vitest/node'
import type { Tick } from '../load/tick.ts'
import { heartbeat, steeredLine } from '../report/heartbeat.ts'
import { liveFooter, liveLines } from '../report/live.ts'
import type { Terminal } from '../report/styled-line.ts'
import { LogPace } from './log-pace.ts'
import { liveWindow } from './live-window.ts'
import { terminalOf } from './terminal.ts'

/** Shows what loads do while they run: in Vitest's live window, or as a line of the log now and then. */
export class Live {
  /** The address of the dashboard, when there is one. */
  dashboard: string | undefined
  readonly #vitest: Vitest
  readonly #ticks = new Map<string, Tick>()
  readonly #pace = new LogPace()
  #window: true | undefined

  constructor(vitest: Vitest) {
    this.#vitest = vitest
  }

  /** To be called when the reporters are there and have begun. */
  begin(): void {
    this.#window ??= liveWindow(this.#vitest, () => this.#lines())
  }

  take(tick: Tick): void {
    const { title, over } = tick
    if (over) {
      this.#ticks.delete(title)
      this.#pace.forget(title)
    } else if (this.#window === true) this.#ticks.set(title, tick)
    else this.#log(tick)
  }

  /** A load whose process died never tells its end. */
  end(): void {
    this.#ticks.clear()
    this.#pace.forgetAll()
  }

  #lines(): readonly string[] {
    if (this.#ticks.size === 0) return []
    const loads = [...this.#ticks.values()].flatMap((tick) => [
      '',
      ...liveLines(tick, this.#terminal),
    ])
    // A watcher has its own keys, and says so.
    const stop = !this.#vitest.config.watch
    return [...loads, ...liveFooter({ dashboard: this.dashboard, stop }, this.#terminal)]
  }

  #log(tick: Tick): void {
    const due = this.#pace.due(tick)
    for (const text of due.steered) {
      this.#vitest.logger.log(steeredLine(tick, text, this.#terminal))
    }
    if (due.line) this.#vitest.logger.log(heartbeat(tick, this.#terminal))
  }

  get #terminal(): Terminal {
    return terminalOf(process.stdout, process.env, { argv: process.argv })
  }
}
