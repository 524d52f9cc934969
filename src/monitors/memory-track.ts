import type { Bytes, Ms } from '../units/units.ts'
import { BoundedSeries, keepHigher } from './bounded-series.ts'
import type { SeriesPoint } from './bounded-series.ts'

/** The memory of a process tree while it was watched. Without a sample every figure is `undefined`. */
export interface MemorySummary {
  readonly kind: 'memory'
  readonly label: string
  readonly samples: number
  readonly start: Bytes | undefined
  readonly end: Bytes | undefined
  readonly peak: Bytes | undefined
  readonly min: Bytes | undefined
  /**
   * The end less the start, negative when it shrank; from six samples on the median of the last three
   * less the median of the first three, so that one odd sample decides nothing. Needs two samples.
   */
  readonly growth: Bytes | undefined
  /** At most 600 points; merged ones keep the higher value. */
  readonly series: readonly SeriesPoint[]
  /** Set when the process ended while it was watched: the end is the last that was seen. */
  readonly ended?: 'process exited'
  /** The first error that cost a sample. */
  readonly problem?: string
}

/** The part of a summary that samples make. */
export type MemoryFigures = Omit<MemorySummary, 'kind' | 'label' | 'ended' | 'problem'>

/** Takes samples in and gives their figures at any time. */
export class MemoryTrack {
  readonly #series = new BoundedSeries(keepHigher)
  readonly #first: Bytes[] = []
  readonly #last: Bytes[] = []
  #samples = 0
  #min = Infinity
  #peak = -Infinity

  add(at: Ms, rss: Bytes): void {
    this.#samples += 1
    this.#min = Math.min(this.#min, rss)
    this.#peak = Math.max(this.#peak, rss)
    if (this.#first.length < 3) this.#first.push(rss)
    this.#last.push(rss)
    if (this.#last.length > 3) this.#last.shift()
    this.#series.add({ at, value: rss, span: 0 })
  }

  figures(): MemoryFigures {
    const none = this.#samples === 0
    return {
      samples: this.#samples,
      start: this.#first[0],
      end: this.#last.at(-1),
      peak: none ? undefined : this.#peak,
      min: none ? undefined : this.#min,
      growth: this.#growth(),
      series: this.#series.points(),
    }
  }

  #growth(): Bytes | undefined {
    const start = this.#samples < 6 ? this.#first[0] : median3(this.#first)
    const end = this.#samples < 6 ? this.#last.at(-1) : median3(this.#last)
    return this.#samples < 2 || start === undefined || end === undefined ? undefined : end - start
  }
}

function median3(values: readonly number[]): number | undefined {
  return values.toSorted((a, b) => a - b)[1]
}
