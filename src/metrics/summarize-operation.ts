import { EMPTY_HISTOGRAM, type HistogramData } from '../stats/histogram.ts'
import type { Ms } from '../units/units.ts'
import { distribution, type Distribution } from './distribution.ts'
import type { SeriesData } from './series-data.ts'
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
  const times = (
    what: string,
    values: HistogramData,
    failures: number,
    late: HistogramData = EMPTY_HISTOGRAM,
  ): Distribution =>
    distribution(`${what} of ${name}`, values, {
      failed: failures,
      cutOff: late,
      dropped: owed(values.count + failures + late.count),
    })
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
    latency: times('latency', latency, failed, cutOff.latency),
    service:
      service === undefined
        ? distribution(`service time of ${name}`, EMPTY_HISTOGRAM)
        : times('service time', service, failed, cutOff.latency),
    ttfb: times('TTFB', series.ttfb, failed),
    cold: distribution(`cold latency of ${name}`, series.cold ?? EMPTY_HISTOGRAM),
    ttft: times('TTFT', series.ttft, streamFailures, cutOff.ttft),
    ttfo: times('TTFO', series.ttfo, streamFailures, cutOff.ttfo),
    ttst: times('TTST', series.ttst, streamFailures),
    ttct: times('TTCT', series.ttct, streamFailures, cutOff.ttct),
    gap: distribution(`gap of ${name}`, series.gap),
    tpot: times('TPOT', series.tpot, streamFailures),
    stopLatency: distribution(`stop latency of ${name}`, series.stopLatency),
    tokens: summarizeTokens(series.tokens, tokensIn(series.windows), duration),
    joint: series.joint,
    timeline: series.windows,
  }
}

const tokensIn = (windows: readonly Window[]): number =>
  windows.reduce((sum, { tokens = 0 }) => sum + tokens, 0)
