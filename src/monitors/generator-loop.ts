import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import type { Ms, Ratio } from '../units/units.ts'
import { BoundedSeries, keepHigher } from './bounded-series.ts'
import type { SeriesPoint } from './bounded-series.ts'

/** The event loop of the generator while it was watched. */
export interface LoopFigures {
  /** Share of the time in which it was at work and did not wait; `undefined` of no time at all. */
  readonly busy?: Ratio | undefined
  /** The same of its busiest second. */
  readonly busiest?: Ratio | undefined
  /** How late it came to a timer that was due every 10 ms. */
  readonly delay: {
    readonly p50?: Ms | undefined
    readonly p99?: Ms | undefined
    readonly max?: Ms | undefined
  }
  /** Its utilisation second by second; at most 600 points, merged ones hold the higher. */
  readonly series: readonly SeriesPoint[]
}

/**
 * The timer that delays are read off. Node records the time from one of its calls to the next and
 * subtracts nothing, so an idle loop reads as 10 ms: that is taken off here.
 */
const RESOLUTION: Ms = 10

/** A window of less is no second: one task would fill it. */
const LEAST_WINDOW: Ms = 500

// Captured at import: a suite may fake what hangs on the global one.
const utilization = performance.eventLoopUtilization.bind(performance)

/** Watches the event loop of this thread from its making to `end`. */
export class LoopWatch {
  readonly #delay = monitorEventLoopDelay({ resolution: RESOLUTION })
  readonly #start = utilization()
  readonly #series = new BoundedSeries(keepHigher)
  #window = this.#start
  #elapsed: Ms = 0
  #busiest: Ratio | undefined

  constructor() {
    this.#delay.enable()
  }

  /** Ends a window of about a second. */
  turn(): void {
    const now = utilization()
    const { active, idle, utilization: busy } = utilization(now, this.#window)
    const span = active + idle
    if (span < LEAST_WINDOW) return
    this.#window = now
    this.#elapsed += span
    this.#busiest = Math.max(this.#busiest ?? 0, busy)
    this.#series.add({ at: this.#elapsed, value: busy, span })
  }

  end(): LoopFigures {
    this.turn()
    this.#delay.disable()
    const { active, idle, utilization: busy } = utilization(this.#start)
    const some = active + idle > 0
    return {
      busy: some ? busy : undefined,
      busiest: this.#busiest ?? (some ? busy : undefined),
      delay: this.#delays(),
      series: this.#series.points(),
    }
  }

  #delays(): LoopFigures['delay'] {
    if (this.#delay.count === 0) return {}
    const late = (ns: number): Ms => Math.max(0, ns / 1e6 - RESOLUTION)
    const { max } = this.#delay
    const [p50, p99] = [50, 99].map((each) => late(this.#delay.percentile(each)))
    return { p50, p99, max: late(max) }
  }
}
