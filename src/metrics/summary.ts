import type { Ms, PerSecond, Ratio } from '../units/units.ts'
import { distribution, type Distribution } from './distribution.ts'
import type { ErrorGroup } from './error-groups.ts'
import type { OutcomeKind } from './outcome.ts'
import type { MetricSummary } from './own-metrics.ts'
import type { Recorded } from './recorder.ts'
import type { SeriesData } from './series-data.ts'
import type { Window } from './timeline.ts'

/**
 * What is known of one operation (or of all together), as readonly data. `latency` and
 * `throughput.mean` have the shape of tinybench's results, so Vitest's own `toBeFasterThan` takes it.
 */
export interface OperationSummary {
  readonly kind: 'request' | 'iterations' | 'run'
  readonly name: string
  /** Completed operations: `ok + failed`. Those given up or cut off are not among them. */
  readonly count: number
  readonly ok: number
  readonly failed: number
  /** Given up by the test itself, or cut off by the end of the run; `outcomes` tells them apart. */
  readonly aborted: number
  readonly outcomes: Readonly<Partial<Record<OutcomeKind, number>>>
  /** `ok / count`; `undefined` when nothing completed. */
  readonly successRate: Ratio | undefined
  /** `failed / count`; `undefined` when nothing completed. */
  readonly errorRate: Ratio | undefined
  /** Successes per second of the judged time. */
  readonly throughput: { readonly mean: PerSecond | undefined }
  /** First byte sent to last byte received, of the successes. */
  readonly latency: Distribution
  /** Time to the first byte of the answer. */
  readonly ttfb: Distribution
  /** Time to the first token of a stream. */
  readonly ttft: Distribution
  /** Time to the end marker of a stream. */
  readonly ttct: Distribution
  /** Between two reads of a stream that each carried a token. */
  readonly gap: Distribution
  readonly timeline: readonly Window[]
}

/** One named operation, with the calls it consists of where it has any. */
export interface RequestSummary extends OperationSummary {
  readonly kind: 'request'
  readonly parts: readonly RequestSummary[]
}

/** Everything a stretch of recording amounts to. */
export interface RecordingSummary extends OperationSummary {
  readonly kind: 'run'
  /** The judged time. */
  readonly duration: Ms
  /** The named operations, in the order of their first call. */
  readonly requests: readonly RequestSummary[]
  /** Iterations that failed by themselves (a failed `expect`), which `count` and `failed` hold beside the requests. */
  readonly ownFailures: number
  readonly iterations: OperationSummary
  /** Failures grouped by kind, the commonest first. */
  readonly errors: readonly ErrorGroup[]
  readonly metrics: readonly MetricSummary[]
}

/** Sums up what was recorded in `duration` ms. */
export function summarize(recorded: Recorded, duration: Ms): RecordingSummary {
  const { operations, iterations, whole, ownFailures, errors, metrics } = recorded
  const requests = operations
    .filter((series) => !series.part)
    .map((series): RequestSummary => {
      const parts = operations.filter(
        (each) => each.part && each.name.startsWith(`${series.name} › `),
      )
      return {
        ...operation('request', series, duration),
        parts: parts.map((part) => ({ ...operation('request', part, duration), parts: [] })),
      }
    })
  return {
    ...operation('run', whole, duration),
    duration,
    requests,
    ownFailures,
    iterations: operation('iterations', iterations, duration),
    errors,
    metrics,
  }
}

function operation<K extends OperationSummary['kind']>(
  kind: K,
  series: SeriesData,
  duration: Ms,
): OperationSummary & { readonly kind: K } {
  const { name, outcomes, latency, cutOff } = series
  const ok = latency.count
  const aborted = (outcomes.aborted ?? 0) + (outcomes.cutOff ?? 0)
  const failed = Object.values(outcomes).reduce((sum, each) => sum + each, 0) - ok - aborted
  const count = ok + failed
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
    latency: distribution(`latency of ${name}`, latency, failed, cutOff.latency),
    ttfb: distribution(`TTFB of ${name}`, series.ttfb, failed),
    ttft: distribution(`TTFT of ${name}`, series.ttft, series.streamFailures, cutOff.ttft),
    ttct: distribution(`TTCT of ${name}`, series.ttct, series.streamFailures, cutOff.ttct),
    gap: distribution(`gap of ${name}`, series.gap),
    timeline: series.windows,
  }
}
