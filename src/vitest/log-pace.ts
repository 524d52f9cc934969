import type { Tick } from '../load/tick.ts'
import { missedOf } from '../report/live.ts'
import type { Ms } from '../units/units.ts'

/** A log has a line every 10 s of a load's first minute, and then every 30. */
const SOON: Ms = 10_000
const LATER: Ms = 30_000
const FIRST_MINUTE: Ms = 60_000
/** A limit that is missed and met by turns is not told each second. */
const LEAST: Ms = 5_000
/** The grid of a second may be met so much before its time. */
const EARLY: Ms = 500

/** What the last line of a load in a log said. */
interface Said {
  readonly elapsed: Ms
  readonly phase: string
  /** The limits that were missed. */
  readonly missed: string
}

/** What a tick is worth to a log. */
export interface Due {
  readonly line: boolean
  /** What was done to the load since the tick before. */
  readonly steered: readonly string[]
}

/** Decides which ticks of loads are told in a log. */
export class LogPace {
  readonly #said = new Map<string, Said>()
  readonly #steered = new Map<string, number>()

  due(tick: Tick): Due {
    const { title, phase, elapsed, steered = [] } = tick
    const known = this.#steered.get(title) ?? 0
    this.#steered.set(title, steered.length)
    const said = this.#said.get(title)
    const now = { phase, elapsed, missed: missedIn(tick) }
    // The first says nothing yet that the name of the test does not.
    const line = said !== undefined && isDue(said, now)
    if (said === undefined || line) this.#said.set(title, now)
    return { line, steered: steered.slice(known).map(({ text }) => text) }
  }

  forget(title: string): void {
    this.#said.delete(title)
    this.#steered.delete(title)
  }

  forgetAll(): void {
    this.#said.clear()
    this.#steered.clear()
  }
}

const missedIn = (tick: Tick): string =>
  missedOf(tick)
    .map(({ subject, metric }) => `${metric} ${subject}`)
    .join()

/** A load that is shorter than that has no line at all: its summary comes soon enough. */
function isDue(before: Said, { elapsed, phase, missed }: Said): boolean {
  const wait = elapsed <= FIRST_MINUTE ? SOON : LATER
  if (elapsed - before.elapsed >= wait - EARLY) return true
  if (elapsed < SOON || phase === 'graceful stop') return false
  // Outside of the judged time there is no limit to miss.
  const turned = phase === 'steady' && missed !== before.missed
  return phase !== before.phase || (turned && elapsed - before.elapsed >= LEAST - EARLY)
}
