import { realClock } from '../clock/clock.ts'
import { sleep } from '../clock/sleep.ts'
import { refuseNested } from '../load/scenario-scope.ts'
import { measureRetained } from '../monitors/retained.ts'
import type { RetainedOptions, RetainedRound, RetainedSummary } from '../monitors/retained.ts'
import type { Bytes, Ms } from '../units/units.ts'

/** Runs rounds of requests, and collects the garbage of the service between them. */
export type Retained = (options: RetainedOptions, round: RetainedRound) => Promise<RetainedSummary>

/** A service learns of connections that were closed, and lets go of what it held for them. */
const UNTIL_IDLE: Ms = 150

/** `held` collects the garbage of the service that the plugin started. */
export const retainedBy =
  (held: () => Promise<Bytes>): Retained =>
  async (options, round) => {
    refuseNested('retained')
    const { collect = held } = options
    return measureRetained(options, round, async () => {
      await sleep(realClock, UNTIL_IDLE)
      return collect()
    })
  }
