import type { Clock } from '../clock/clock.ts'
import { EMPTY_HISTOGRAM, type HistogramData } from '../stats/histogram.ts'
import { lessHistogram } from '../stats/pairs.ts'
import type { Pulse } from './collective.ts'
import { phasesSoFar } from './joint-states.ts'
import type { LoadControl } from './load-control.ts'
import type { PhaseName } from './phases.ts'

/** Says what a generator does, so far: its latencies as what came since the last time. */
export class PulseTaker {
  readonly #control: LoadControl
  readonly #clock: Clock
  readonly #inFull: boolean
  #before: { readonly phase: PhaseName; readonly latency: HistogramData } | undefined

  constructor(control: LoadControl, clock: Clock, inFull: boolean) {
    this.#control = control
    this.#clock = clock
    this.#inFull = inFull
  }

  take(): Pulse {
    const { phases, startedAt } = this.#control
    const now = this.#clock.now()
    const phase = phases.current
    const latency = phases.latency(now)
    const before = this.#before?.phase === phase ? this.#before.latency : EMPTY_HISTOGRAM
    this.#before = { phase, latency }
    const { count, failed } = phases.tally()
    const elapsed = Math.max(0, now - startedAt)
    const { users } = phases
    return {
      phase,
      elapsed,
      users,
      count,
      failed,
      latency: lessHistogram(latency, before),
      ...(this.#inFull && { phases: phasesSoFar(phases.states(now)) }),
    }
  }
}
