import type { Clock } from '../clock/clock.ts'
import type { Ms } from '../units/units.ts'
import type { Tick } from './tick.ts'

interface Whole {
  /** Of the test. */
  readonly title: string
  /** How long all of it lasts; `undefined` when that is not known. */
  readonly length: Ms | undefined
  readonly clock: Clock
}

/** Tells what one load after another does as one long one: those who watch see how far all of it is. */
export class PartTicks {
  readonly #tell: ((tick: Tick) => void) | undefined
  readonly #whole: Whole
  readonly #startedAt: Ms
  #last: Tick | undefined
  #count = 0
  #failed = 0

  constructor(tell: ((tick: Tick) => void) | undefined, whole: Whole) {
    this.#tell = tell
    this.#whole = whole
    this.#startedAt = whole.clock.now()
  }

  /** What the next load tells; `undefined` when nobody listens. */
  of(part: string): ((tick: Tick) => void) | undefined {
    const tell = this.#tell
    if (tell === undefined) return undefined
    return (tick) => {
      const { title, length, clock } = this.#whole
      const elapsed = clock.now() - this.#startedAt
      const count = this.#count + tick.count
      const failed = this.#failed + tick.failed
      const phase = 'steady'
      const all = {
        ...tick,
        title,
        length,
        elapsed,
        count,
        failed,
        phase,
        part,
        over: false,
      } as const
      if (tick.over) [this.#count, this.#failed] = [count, failed]
      this.#last = all
      tell(all)
    }
  }

  end(): void {
    if (this.#last !== undefined) this.#tell?.({ ...this.#last, over: true })
  }
}
