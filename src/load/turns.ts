import type { Ms } from '../units/units.ts'
import type { Clock } from '../clock/clock.ts'

/** Scenarios that never wait for I/O would keep timers from firing; so often one has to. */
const TURN_EVERY: Ms = 10

/** The turns of the event loop that a load takes care to give. */
export class Turns {
  readonly #clock: Clock
  #last: Ms

  constructor(clock: Clock) {
    this.#clock = clock
    this.#last = clock.now()
  }

  due(now: Ms): boolean {
    return now - this.#last > TURN_EVERY
  }

  /** Resolves when timers and I/O had their turn. */
  take(): Promise<void> {
    return new Promise((resolve) => {
      setImmediate(() => {
        this.#last = this.#clock.now()
        resolve()
      })
    })
  }
}
