import { Histogram, type HistogramData } from '../stats/histogram.ts'
import type { Ms } from '../units/units.ts'
import { distribution, type Distribution } from './distribution.ts'

/**
 * A start later than this is counted as late. A timer is off by 1 ms and a small garbage collection
 * takes up to 5; what is later than 10 was held up by more than the machinery of waiting.
 */
export const LATE: Ms = 10

/** What became of the iterations that an open load was to start: `intended` = `started` + `dropped`. */
export interface Arrivals {
  readonly intended: number
  readonly started: number
  /** Of the started: more than 10 ms after their time. */
  readonly late: number
  /** Not started, since every user was busy: infinitely slow under each percentile limit. */
  readonly dropped: number
  /** From when each should have started until it did. */
  readonly lag: Distribution
}

/** Arrivals as the recorder holds them. */
export interface ArrivalsData {
  readonly late: number
  readonly dropped: number
  readonly lag: HistogramData
}

/** Counts the arrivals of one phase. */
export class ArrivalCount {
  readonly #lag = new Histogram()
  #late = 0
  #dropped = 0

  /** An iteration starts, so long after it should have. */
  started(lag: Ms): void {
    this.#lag.record(lag)
    if (lag > LATE) this.#late++
  }

  /** An iteration could not start. */
  dropped(): void {
    this.#dropped++
  }

  data(): ArrivalsData {
    return { late: this.#late, dropped: this.#dropped, lag: this.#lag.data() }
  }
}

export const summarizeArrivals = ({ late, dropped, lag }: ArrivalsData): Arrivals => ({
  intended: lag.count + dropped,
  started: lag.count,
  late,
  dropped,
  lag: distribution('lag of arrivals', lag),
})

/**
 * How many values an operation owes for the dropped arrivals: those it was to give for the started
 * ones, in proportion, rounded up. Called once in each iteration, it owes one for each of them.
 */
export function owedFor({ dropped, lag }: ArrivalsData, values: number): number {
  if (dropped === 0 || values === 0) return 0
  return Math.ceil(Number(((values * dropped) / lag.count).toPrecision(12)))
}
