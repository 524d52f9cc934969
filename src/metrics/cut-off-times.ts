import { Histogram, type HistogramData } from '../stats/histogram.ts'
import type { Ms } from '../units/units.ts'
import type { StreamTiming } from './sample.ts'
import type { CutOffTime } from './series-data.ts'

/** How long operations had lasted that the end of the run cut off before these came. */
export class CutOffTimes {
  readonly #times = {
    latency: new Histogram(),
    ttft: new Histogram(),
    ttfo: new Histogram(),
    ttct: new Histogram(),
  }

  /** An operation was cut off; one that streams owes the times that its stream has not given. */
  record(lasted: Ms, streaming: boolean, stream: StreamTiming | undefined): void {
    this.#times.latency.record(lasted)
    if (!streaming) return
    for (const name of ['ttft', 'ttfo', 'ttct'] as const) {
      if (stream?.[name] === undefined) this.#times[name].record(lasted)
    }
  }

  data(): Readonly<Record<CutOffTime, HistogramData>> {
    const { latency, ttft, ttfo, ttct } = this.#times
    return { latency: latency.data(), ttft: ttft.data(), ttfo: ttfo.data(), ttct: ttct.data() }
  }
}
