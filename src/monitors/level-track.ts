import type { Ms } from '../units/units.ts'
import { BoundedSeries, keepHigher } from './bounded-series.ts'
import type { SeriesPoint } from './bounded-series.ts'

/** A figure that has a value at any time, while it was watched. Without a sample all of it is `undefined`. */
export interface LevelSummary {
  readonly samples: number
  readonly start: number | undefined
  readonly end: number | undefined
  readonly peak: number | undefined
  readonly min: number | undefined
  /** At most 600 points; merged ones keep the higher value. */
  readonly series: readonly SeriesPoint[]
}

/** Takes samples in and gives their figures at any time. */
export class LevelTrack {
  readonly #series = new BoundedSeries(keepHigher)
  #samples = 0
  #start: number | undefined
  #end: number | undefined
  #min = Infinity
  #peak = -Infinity

  add(at: Ms, value: number): void {
    this.#samples += 1
    this.#start ??= value
    this.#end = value
    this.#min = Math.min(this.#min, value)
    this.#peak = Math.max(this.#peak, value)
    this.#series.add({ at, value, span: 0 })
  }

  figures(): LevelSummary {
    const none = this.#samples === 0
    return {
      samples: this.#samples,
      start: this.#start,
      end: this.#end,
      peak: none ? undefined : this.#peak,
      min: none ? undefined : this.#min,
      series: this.#series.points(),
    }
  }
}
