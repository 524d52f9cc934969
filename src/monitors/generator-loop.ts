import { performance } from 'node:perf_hooks'
import type { Clock, Timer } from '../clock/clock.ts'
import { LATE } from '../metrics/arrivals.ts'
import { Histogram, quantile } from '../stats/histogram.ts'
import type { Ms, Ratio } from '../units/units.ts'
import { BoundedSeries, keepHigher } from './bounded-series.ts'
import type { SeriesPoint } from './bounded-series.ts'
import { SATURATED_FROM } from './generator-health.ts'

/** The event loop of the generator while it was watched. */
export interface LoopFigures {
  /** Share of the time in which it was at work and did not wait; `undefined` of no time at all. */
  readonly busy?: Ratio | undefined
  /** The same of its busiest second. */
  readonly busiest?: Ratio | undefined
  /** The time of those seconds in which it was saturated: at work for 85 % or more. */
  readonly crowded?: Ms | undefined
  /** How late it came to what was due, at any moment of the time. */
  readonly delay: {
    readonly p50?: Ms | undefined
    readonly p99?: Ms | undefined
    readonly max?: Ms | undefined
  }
  /** Share of the time in which something that was due had waited for it since more than 10 ms. */
  readonly stalled?: Ratio | undefined
  /** Its utilisation second by second; at most 600 points, merged ones hold the higher. */
  readonly series: readonly SeriesPoint[]
}

/**
 * How often the loop is asked to be in time. Node's own `monitorEventLoopDelay` counts a stall of a second
 * as one value of a hundred, as a closed load counts one slow answer.
 */
const TICK: Ms = 20

/** A window of less is no second: one task would fill it. */
const LEAST_WINDOW: Ms = 500

// Captured at import: a suite may fake what hangs on the global one.
const utilization = performance.eventLoopUtilization.bind(performance)

/** Watches the event loop of this thread from its making to `end`. */
export class LoopWatch {
  readonly #clock: Clock
  readonly #startedAt: Ms
  readonly #start = utilization()
  readonly #series = new BoundedSeries(keepHigher)
  readonly #delay = new Histogram()
  #window = this.#start
  #elapsed: Ms = 0
  #busiest: Ratio | undefined
  #crowded: Ms = 0
  #stalled: Ms = 0
  #due: Ms
  #timer: Timer | undefined

  constructor(clock: Clock) {
    this.#clock = clock
    this.#startedAt = clock.now()
    this.#due = this.#startedAt + TICK
    this.#wait()
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
    if (busy >= SATURATED_FROM) this.#crowded += span
    this.#series.add({ at: this.#elapsed, value: busy, span })
  }

  end(): LoopFigures {
    this.#clock.clearTimeout(this.#timer)
    const now = this.#clock.now()
    if (now >= this.#due) this.#take(now)
    return this.look()
  }

  /** What was seen until now. */
  look(): LoopFigures {
    this.turn()
    const now = this.#clock.now()
    const { active, idle, utilization: busy } = utilization(this.#start)
    const some = active + idle > 0
    const delay = this.#delay.data()
    const time = now - this.#startedAt
    return {
      busy: some ? busy : undefined,
      busiest: this.#busiest ?? (some ? busy : undefined),
      crowded: this.#crowded,
      delay: { p50: quantile(delay, 50), p99: quantile(delay, 99), max: delay.max },
      stalled: time > 0 ? this.#stalled / time : undefined,
      series: this.#series.points(),
    }
  }

  #wait(): void {
    this.#timer = this.#clock.setTimeout(() => {
      const now = this.#clock.now()
      this.#take(now)
      this.#due = now + TICK
      this.#wait()
    }, TICK)
    this.#timer.unref?.()
  }

  /**
   * Counts what was due every 20 ms until now: after a stall of 70 ms four ticks, that waited 70, 50, 30
   * and 10 ms, so that the percentiles are of moments, however few stalls they lie in.
   */
  #take(now: Ms): void {
    // Timers know whole milliseconds, and may be early by a part of one.
    const late = Math.max(0, now - this.#due)
    for (let each = late; each >= 0; each -= TICK) this.#delay.record(each)
    if (late > LATE) this.#stalled += late
  }
}
