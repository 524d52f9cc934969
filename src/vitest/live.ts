import type { Vitest } from 'vitest/node'
import type { Tick } from '../load/tick.ts'
import { heartbeat, liveLines } from '../report/live.ts'
import type { Ms } from '../units/units.ts'
import { liveWindow } from './live-window.ts'
import { terminalOf } from './terminal.ts'

/** A log has a line every 10 s of a load's first minute, and then every 30. */
const SOON: Ms = 10_000
const LATER: Ms = 30_000
const FIRST_MINUTE: Ms = 60_000

/** What the last line of a load in a log said. */
interface Said {
  readonly elapsed: Ms
  readonly phase: string
}

/** Shows what loads do while they run: in Vitest's live window, or as a line of the log now and then. */
export class Live {
  readonly #vitest: Vitest
  readonly #ticks = new Map<string, Tick>()
  readonly #said = new Map<string, Said>()
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
      this.#said.delete(title)
    } else if (this.#window === true) this.#ticks.set(title, tick)
    else this.#log(tick)
  }

  /** A load whose process died never tells its end. */
  end(): void {
    this.#ticks.clear()
    this.#said.clear()
  }

  #lines(): readonly string[] {
    const terminal = terminalOf(process.stdout, process.env, { argv: process.argv })
    return [...this.#ticks.values()].flatMap((tick) => ['', ...liveLines(tick, terminal)])
  }

  #log(tick: Tick): void {
    const { title, phase, elapsed } = tick
    const said = this.#said.get(title)
    if (said !== undefined && !isDue(said, tick)) return
    this.#said.set(title, { phase, elapsed })
    // The first says nothing yet that the name of the test does not.
    if (said === undefined) return
    const terminal = terminalOf(process.stdout, process.env, { argv: process.argv })
    this.#vitest.logger.log(heartbeat(tick, terminal))
  }
}

/** A load that is shorter than that has no line at all: its summary comes soon enough. */
function isDue({ elapsed: before, phase: last }: Said, { elapsed, phase }: Tick): boolean {
  const wait = elapsed <= FIRST_MINUTE ? SOON : LATER
  // The grid of a second may be met a little early.
  if (elapsed - before >= wait - 500) return true
  return phase !== last && phase !== 'graceful stop' && elapsed >= SOON
}
