import { EMPTY_HISTOGRAM, type HistogramData } from '../stats/histogram.ts'
import type { Ms } from '../units/units.ts'
import { distribution, type Distribution } from './distribution.ts'
import type { Course } from './course.ts'
import type { SeriesData } from './series-data.ts'
import type { StreamTime } from './stream-series.ts'
import type { OperationSummary } from './summary.ts'
import type { Window } from './timeline.ts'
import { summarizeTokens } from './tokens.ts'

/** How many values are missing for the dropped arrivals, where the started ones should have given so many. */
export type Owed = (values: number) => number

/** What one series amounts to in `duration` ms. */
export function operation<K extends OperationSummary['kind']>(
  kind: K,
  series: SeriesData,
  { duration, owed }: { readonly duration: Ms; readonly owed: Owed },
): OperationSummary & { readonly kind: K } {
  const { name, outcomes, latency, service, cutOff, streamFailures } = series
  const ok = latency.count
  const aborted = (outcomes.aborted ?? 0) + (outcomes.cutOff ?? 0)
  const failed = Object.values(outcomes).reduce((sum, each) => sum + each, 0) - ok - aborted
  const count = ok + failed
  const { windows } = series
  const times = (what: string, values: HistogramData, beside: Beside): Distribution =>
    distribution(`${what} of ${name}`, values, {
      ...beside,
      dropped: owed(values.count + beside.failed + (beside.cutOff?.count ?? 0)),
    })
  const ofStreams = (of: StreamTime, late?: HistogramData): Distribution =>
    times(of.toUpperCase(), series[of], {
      failed: streamFailures,
      course: { windows, of, owing: 'streams' },
      ...(late !== undefined && { cutOff: late }),
    })
  const unowed = (of: StreamTime, what: string): Distribution =>
    distribution(`${what} of ${name}`, series[of], { course: { windows, of, owing: 'none' } })
  const all = { failed, cutOff: cutOff.latency }
  return {
    kind,
    name,
    count,
    ok,
    failed,
    aborted,
    outcomes,
    successRate: count === 0 ? undefined : ok / count,
    errorRate: count === 0 ? undefined : failed / count,
    throughput: { mean: duration > 0 && count > 0 ? ok / (duration / 1_000) : undefined },
    latency: times('latency', latency, {
      ...all,
      course: { windows, of: 'latency', owing: 'all' },
    }),
    service:
      service === undefined
        ? distribution(`service time of ${name}`, EMPTY_HISTOGRAM)
        : times('service time', service, all),
    ttfb: times('TTFB', series.ttfb, { failed, course: { windows, of: 'ttfb', owing: 'all' } }),
    cold: distribution(`cold latency of ${name}`, series.cold ?? EMPTY_HISTOGRAM),
    ttft: ofStreams('ttft', cutOff.ttft),
    ttfo: ofStreams('ttfo', cutOff.ttfo),
    ttst: ofStreams('ttst'),
    ttct: ofStreams('ttct', cutOff.ttct),
    gap: unowed('gap', 'gap'),
    tpot: ofStreams('tpot'),
    stopLatency: unowed('stopLatency', 'stop latency'),
    tokens: summarizeTokens(series.tokens, tokensIn(series.windows), duration),
    joint: series.joint,
    timeline: series.windows,
  }
}

/** What belongs to a time beside its values. */
interface Beside {
  readonly failed: number
  readonly cutOff?: HistogramData
  readonly course?: Course
}

const tokensIn = (windows: readonly Window[]): number =>
  windows.reduce((sum, { tokens = 0 }) => sum + tokens, 0)
