import { Histogram, type HistogramData } from '../stats/histogram.ts'

/**
 * Values of a run and of its open window. A value goes into the window only, and is added to the rest when
 * that turns, so that each is stored once.
 */
export class WindowedHistogram {
  readonly #open = new Histogram()
  readonly #closed = new Histogram()

  record(value: number): void {
    this.#open.record(value)
  }

  /** Takes back a value of the open window. */
  remove(value: number): void {
    this.#open.remove(value)
  }

  /** Takes back a value of a window that has turned. */
  removeClosed(value: number): void {
    this.#closed.remove(value)
  }

  /** Adds a value to a window that has turned. */
  recordClosed(value: number): void {
    this.#closed.record(value)
  }

  /** What the open window held; `undefined` for nothing. */
  turn(): HistogramData | undefined {
    if (this.#open.count === 0) return undefined
    const data = this.#open.data()
    this.#closed.merge(data)
    this.#open.clear()
    return data
  }

  /** What all windows that have turned held. */
  data(): HistogramData {
    return this.#closed.data()
  }
}
