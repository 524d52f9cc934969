import type { RecordingSummary } from '../metrics/summary.ts'
import type { SendingData } from '../metrics/sending.ts'
import { healthOf } from '../monitors/generator-health.ts'
import type { Accounting, GeneratorSummary, Lateness } from '../monitors/generator-summary.ts'
import type { GeneratorWatched } from '../monitors/generator-watch.ts'
import { quantile, type HistogramData } from '../stats/histogram.ts'
import type { Ms } from '../units/units.ts'

/** What the generator of a load is summed up from. */
export interface Generated {
  /** `undefined` when the judged time never began. */
  readonly watched: GeneratorWatched | undefined
  /** Of the judged time, as the others. */
  readonly sent: SendingData
  /** The time of all its operations, added up. */
  readonly busy: Ms
  readonly summary: RecordingSummary
  readonly users: number
}

const UNWATCHED: GeneratorWatched = {
  watched: 0,
  loop: { delay: {}, series: [] },
  gc: { count: 0, total: 0 },
  cpu: { cores: 0 },
}

/** Whether the generator kept up, and what it sent. */
export function summarizeGenerator(generated: Generated): GeneratorSummary {
  const { watched = UNWATCHED, sent, busy, summary, users } = generated
  const { arrivals, duration, timeline } = summary
  const lag = latenessOf(arrivals === undefined ? sent.waits.lag : arrivals.lag.histogram)
  const { loop, cpu } = watched
  const health = healthOf({
    watched: watched.watched,
    busy: loop.busy,
    crowded: loop.crowded,
    delayP99: loop.delay.p99,
    stalled: loop.stalled,
    lag,
    cpu: cpu.process,
    host: cpu.host,
    waited: cpu.waited,
    cores: cpu.cores,
  })
  return {
    kind: 'generator',
    ...watched,
    ...health,
    lag,
    waits: { planned: sent.waits.planned, late: sent.waits.late },
    opened: latenessOf(sent.opened),
    users: { asked: users, reached: Math.max(0, ...timeline.map((each) => each.users ?? 0)) },
    inFlight: inFlightOf(busy, duration),
    iterations: iterationsOf(summary, sent),
    requests: requestsOf(summary),
  }
}

/** Nothing is said of a judged time that never began. */
export const inFlightOf = (busy: Ms, duration: Ms): number | undefined =>
  duration > 0 ? busy / duration : undefined

export function latenessOf(histogram: HistogramData): Lateness {
  const { count, max } = histogram
  return { count, p50: quantile(histogram, 50), p99: quantile(histogram, 99), max }
}

/** Begun and ended are counted at two places, so that what gets lost between them is seen. */
function iterationsOf({ iterations, arrivals }: RecordingSummary, sent: SendingData): Accounting {
  const { ok, failed, aborted } = iterations
  const dropped = arrivals?.dropped ?? 0
  const unfinished = sent.begun - ok - failed - aborted
  return { intended: sent.begun + dropped, ok, failed, aborted, dropped, unfinished }
}

/** A request is recorded when it has ended, and all are ended at the end of a load. */
function requestsOf({ requests }: RecordingSummary): Accounting {
  const sum = (pick: (request: RecordingSummary['requests'][number]) => number): number =>
    requests.reduce((all, request) => all + pick(request), 0)
  const [ok, failed] = [sum((each) => each.ok), sum((each) => each.failed)]
  const [aborted, dropped] = [sum((each) => each.aborted), sum((each) => each.latency.dropped)]
  const intended = ok + failed + aborted + dropped
  return { intended, ok, failed, aborted, dropped, unfinished: 0 }
}
