import type { Ms } from '../units/units.ts'
import { BoundedSeries, meanOverTime } from './bounded-series.ts'
import type { SeriesPoint } from './bounded-series.ts'

/** The CPU of a process tree while it was watched: 1 is one core fully busy, 2 are two. */
export interface CpuSummary {
  readonly kind: 'cpu'
  readonly label: string
  /** Intervals between samples that have a figure; the first sample has none. */
  readonly samples: number
  /** Each interval weighed by its length. */
  readonly mean: number | undefined
  /** The busiest interval between two samples. */
  readonly peak: number | undefined
  /** At most 600 points, each at the end of its interval; merged ones hold the mean. */
  readonly series: readonly SeriesPoint[]
}

/** Takes intervals in and gives their figures at any time. */
export class CpuTrack {
  readonly #series = new BoundedSeries(meanOverTime)
  #samples = 0
  #spent = 0
  #time = 0
  #peak = -Infinity

  add(at: Ms, cpu: number, span: Ms): void {
    this.#samples += 1
    this.#spent += cpu * span
    this.#time += span
    this.#peak = Math.max(this.#peak, cpu)
    this.#series.add({ at, value: cpu, span })
  }

  figures(): Omit<CpuSummary, 'kind' | 'label'> {
    const none = this.#time === 0
    return {
      samples: this.#samples,
      mean: none ? undefined : this.#spent / this.#time,
      peak: none ? undefined : this.#peak,
      series: this.#series.points(),
    }
  }
}
