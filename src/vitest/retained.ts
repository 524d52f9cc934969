import { realClock } from '../clock/clock.ts'
import { sleep } from '../clock/sleep.ts'
import { refuseNested } from '../load/scenario-scope.ts'
import { measureRetained } from '../monitors/retained.ts'
import type { RetainedOptions, RetainedRound, RetainedSummary } from '../monitors/retained.ts'
import type { HeldMemory } from '../service/inspectors.ts'
import type { Ms } from '../units/units.ts'

/** Runs rounds of requests, and collects the garbage of the service between them. */
export type Retained = (options: RetainedOptions, round: RetainedRound) => Promise<RetainedSummary>

/** A service learns of connections that were closed, and lets go of what it held for them. */
const UNTIL_IDLE: Ms = 150

/** Measures what requests leave behind, in one test. */
export class RetainedMeter {
  readonly #held: () => Promise<HeldMemory>
  #measuring = 0

  /** `held` collects the garbage of the service that the plugin started. */
  constructor(held: () => Promise<HeldMemory>) {
    this.#held = held
  }

  /** Whether it measures now: watching a service through its inspector leaves some bytes in it. */
  get isMeasuring(): boolean {
    return this.#measuring > 0
  }

  readonly measure: Retained = async (options, round) => {
    refuseNested('retained')
    const { collect = this.#held } = options
    this.#measuring += 1
    try {
      return await measureRetained(options, round, async () => {
        await sleep(realClock, UNTIL_IDLE)
        return collect()
      })
    } finally {
      this.#measuring -= 1
    }
  }
}
