import { PerformanceObserver } from 'node:perf_hooks'
import type { PerformanceObserverEntryList } from 'node:perf_hooks'
import type { Ms } from '../units/units.ts'

/** Garbage collections of the generator, in which nothing else ran. */
export interface GcFigures {
  readonly count: number
  /** All pauses together. */
  readonly total: Ms
  readonly max?: Ms | undefined
}

/** Watches the collections of this thread from its making to `end`. */
export class GcWatch {
  #count = 0
  #total: Ms = 0
  #max: Ms = 0
  readonly #observer = new PerformanceObserver((list) => this.#take(list.getEntries()))

  constructor() {
    this.#observer.observe({ entryTypes: ['gc'] })
  }

  end(): GcFigures {
    this.#take(this.#observer.takeRecords())
    this.#observer.disconnect()
    const count = this.#count
    return { count, total: this.#total, max: count === 0 ? undefined : this.#max }
  }

  #take(entries: ReturnType<PerformanceObserverEntryList['getEntries']>): void {
    for (const { duration } of entries) {
      this.#count++
      this.#total += duration
      this.#max = Math.max(this.#max, duration)
    }
  }
}
