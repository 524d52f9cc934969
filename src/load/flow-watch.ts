import type { OperationListener } from '../metrics/listened-series.ts'
import type { Sample } from '../metrics/sample.ts'
import { sampleQuantile } from '../stats/sample-quantile.ts'
import { theilSen } from '../stats/theil-sen.ts'
import type { Ms, PerSecond, Ratio } from '../units/units.ts'

/** What flowed through a service in a stretch of time. */
export interface Flow {
  /** Iterations that came to a good end in it. */
  readonly throughput: PerSecond
  /** Under way on average. */
  readonly inFlight: number
  /** How long those took that began in it, on average; `undefined` when none did. */
  readonly time: Ms | undefined
  /**
   * By how much iterations took longer the later they began: ms per ms. When they come faster than they are
   * served, that is load ÷ capacity − 1. 0 where it may be chance.
   */
  readonly lagging: Ratio
}

/** Stretches whose medians are compared. */
const STRETCHES = 10
/** Fewer iterations in each say nothing. */
const LEAST_EACH = 5

/** Notes when iterations began and ended, by the time at which they should have begun. */
export class FlowWatch implements OperationListener {
  readonly #began: Ms[] = []
  readonly #ended: Ms[] = []
  readonly #good: boolean[] = []

  began(): void {}

  ended(): void {}

  iteration({ startedAt, endedAt, lag = 0, outcome }: Sample): void {
    this.#began.push(startedAt - lag)
    this.#ended.push(endedAt)
    this.#good.push(outcome === 'ok')
  }

  /** From `settle` ms after the first iteration began. */
  flow({ settle, duration }: { readonly settle: Ms; readonly duration: Ms }): Flow {
    const first = this.#began.reduce((least, each) => Math.min(least, each), Infinity)
    const [from, to] = [first + settle, first + settle + duration]
    let [done, busy] = [0, 0]
    const within: { readonly at: Ms; readonly took: Ms }[] = []
    for (const [at, began] of this.#began.entries()) {
      const ended = this.#ended[at] as Ms
      busy += Math.max(0, Math.min(ended, to) - Math.max(began, from))
      if (this.#good[at] === true && ended >= from && ended < to) done++
      if (began >= from && began < to) within.push({ at: began - from, took: ended - began })
    }
    return {
      throughput: (done * 1_000) / duration,
      inFlight: busy / duration,
      time:
        within.length === 0
          ? undefined
          : within.reduce((sum, { took }) => sum + took, 0) / within.length,
      lagging: laggingOf(within, duration),
    }
  }
}

/** The slope of the medians of stretches (Theil and Sen), where it is surely above 0. */
function laggingOf(within: readonly { readonly at: Ms; readonly took: Ms }[], duration: Ms): Ratio {
  const width = duration / STRETCHES
  const stretches = Array.from({ length: STRETCHES }, (_, stretch) =>
    within
      .filter(({ at }) => Math.floor(at / width) === stretch)
      .map(({ took }) => took)
      .toSorted((left, right) => left - right),
  )
  if (stretches.some(({ length }) => length < LEAST_EACH)) return 0
  const points = stretches.map((times, at) => ({
    x: at * width,
    y: sampleQuantile(times, 0.5) ?? 0,
  }))
  const found = theilSen(points)
  return found === undefined || found.lower <= 0 ? 0 : found.slope
}
