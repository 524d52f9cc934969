import { EMPTY_HISTOGRAM, Histogram, type HistogramData } from '../stats/histogram.ts'
import type { Ms } from '../units/units.ts'
import { LATE } from './arrivals.ts'
import { Openings, type Opening } from './openings.ts'

/** How a generator kept up with what it was to send, as plain data. */
export interface SendingData {
  /** Iterations that began. */
  readonly begun: number
  /** The waits of users that ended: think times, pacing, pauses. */
  readonly waits: {
    readonly count: number
    /** How long they were meant to last, added up. */
    readonly planned: Ms
    /** The lateness of those that ended more than 10 ms late, added up. */
    readonly late: Ms
    /** How much later than planned each ended; a timer that was early counts as on time. */
    readonly lag: HistogramData
  }
  /** How long each connection took to open that a call had to wait for. */
  readonly opened: HistogramData
}

/** Nothing was sent. */
export const NOTHING_SENT: SendingData = {
  begun: 0,
  waits: { count: 0, planned: 0, late: 0, lag: EMPTY_HISTOGRAM },
  opened: EMPTY_HISTOGRAM,
}

/** Takes in what the users of one phase did. */
export class Sending {
  begun = 0
  readonly openings = new Openings()
  readonly #lag = new Histogram()
  readonly #opened = new Histogram()
  #planned: Ms = 0
  #late: Ms = 0

  /** A wait ended that was to last so long, and was so late. */
  woke(planned: Ms, lag: Ms): void {
    if (planned <= 0) return
    this.#planned += planned
    this.#lag.record(Math.max(0, lag))
    if (lag > LATE) this.#late += lag
  }

  /** A connection stands, and a call waited for it or not. */
  opened(opening: Opening, waited: boolean): void {
    this.openings.add(opening)
    if (waited) this.#opened.record(opening.total)
  }

  data(): SendingData {
    const lag = this.#lag.data()
    const waits = { count: lag.count, planned: this.#planned, late: this.#late, lag }
    return { begun: this.begun, waits, opened: this.#opened.data() }
  }
}
