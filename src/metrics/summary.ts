import type { Ms, PerSecond, Ratio } from '../units/units.ts'
import { owedFor, summarizeArrivals, type Arrivals } from './arrivals.ts'
import type { CheckSummary } from './checks.ts'
import type { Distribution } from './distribution.ts'
import type { ErrorGroup } from './error-groups.ts'
import type { OutcomeKind } from './outcome.ts'
import type { MetricSummary } from './own-metrics.ts'
import { summarizeConnections, type ConnectionsSummary } from './openings.ts'
import type { Recorded } from './recorded.ts'
import { summarizeSockets, type SocketsSummary } from './sockets.ts'
import { operation, type Owed } from './summarize-operation.ts'
import type { JointTimes } from './kept-times.ts'
import type { Window } from './timeline.ts'
import type { TokenSummary } from './tokens.ts'

/** What is known of an operation both in a whole run and in a stretch of it. */
export interface OperationFigures {
  readonly name: string
  /** Completed operations: `ok + failed`. Those given up or cut off are not among them. */
  readonly count: number
  readonly ok: number
  readonly failed: number
  /** Given up by the test itself, or cut off by the end of the run. */
  readonly aborted: number
  /** `ok / count`; `undefined` when nothing completed. */
  readonly successRate: Ratio | undefined
  /** `failed / count`; `undefined` when nothing completed. */
  readonly errorRate: Ratio | undefined
  /** Successes per second of the judged time. */
  readonly throughput: { readonly mean: PerSecond | undefined }
  /** From the call to the last byte received, of the successes; in an open load from the intended call. */
  readonly latency: Distribution
  readonly timeline: readonly Window[]
}

/**
 * What is known of one operation (or of all together), as readonly data. `latency` and
 * `throughput.mean` have the shape of tinybench's results, so Vitest's own `toBeFasterThan` takes it.
 */
export interface OperationSummary extends OperationFigures {
  readonly kind: 'request' | 'group' | 'iterations' | 'run'
  /** How operations ended, those that were given up or cut off, too. */
  readonly outcomes: Readonly<Partial<Record<OutcomeKind, number>>>
  /** Of an open load: latencies from the call that was really made. A closed one has none. */
  readonly service: Distribution
  /** Time to the first byte of the answer. */
  readonly ttfb: Distribution
  /** Latencies of the successes that had to open their connection first; they are in `latency`, too. */
  readonly cold: Distribution
  /** Time to the first token of a stream, be it text, reasoning or arguments of a tool. See `StreamTime`. */
  readonly ttft: Distribution
  /** Time to the first text of a stream that a reader sees. */
  readonly ttfo: Distribution
  /** From the first read of a stream with a token to the second one. */
  readonly ttst: Distribution
  /** Time to the end marker of a stream. */
  readonly ttct: Distribution
  /** Between two reads of a stream that each carried a token. */
  readonly gap: Distribution
  /** Time per output token of a stream: from the first to the last one, by the number behind the first. */
  readonly tpot: Distribution
  /** Of the streams that were stopped from another call: from that call to their end. */
  readonly stopLatency: Distribution
  /** What its streams put out; `undefined` when none gave a token. */
  readonly tokens: TokenSummary | undefined
  /** The times of each stream together; known only in the process that ran the load. */
  readonly joint: JointTimes | undefined
}

/** One named operation, with the calls it consists of where it has any. */
export interface RequestSummary extends OperationSummary {
  readonly kind: 'request'
  /** The tags of its calls, all of them together. */
  readonly tags: readonly string[]
  readonly parts: readonly RequestSummary[]
}

/** What a scenario does as one: from its start to the end of all that is in it. */
export interface GroupSummary extends OperationSummary {
  readonly kind: 'group'
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
  /** In the order of their first use. */
  readonly checks: readonly CheckSummary[]
  /** In the order of their first use; in no figure of the run itself. */
  readonly groups: readonly GroupSummary[]
  /** Of an open load: what became of the iterations that it was to start. */
  readonly arrivals: Arrivals | undefined
  /** What its WebSockets did. */
  readonly sockets: SocketsSummary
  /** The connections of HTTP that were opened. */
  readonly connections: ConnectionsSummary
}

/** Sums up what was recorded in `duration` ms. */
export function summarize(recorded: Recorded, duration: Ms): RecordingSummary {
  const { operations, iterations, whole, ownFailures, errors, metrics, arrivals } = recorded
  const owed: Owed = (values) => (arrivals === undefined ? 0 : owedFor(arrivals, values))
  const everyArrival: Owed = () => arrivals?.dropped ?? 0
  const requests = operations
    .filter((series) => !series.part)
    .map((series): RequestSummary => {
      const parts = operations.filter(
        (each) => each.part && each.name.startsWith(`${series.name} › `),
      )
      return {
        ...operation('request', series, { duration, owed }),
        tags: series.tags,
        parts: parts.map((part) => ({
          ...operation('request', part, { duration, owed }),
          tags: part.tags,
          parts: [],
        })),
      }
    })
  const run = operation('run', whole, { duration, owed: requests.length > 0 ? owed : everyArrival })
  return {
    ...run,
    duration,
    requests,
    ownFailures,
    iterations: operation('iterations', iterations, { duration, owed: everyArrival }),
    errors,
    metrics,
    checks: recorded.checks,
    groups: recorded.groups.map((series) => operation('group', series, { duration, owed })),
    arrivals: arrivals === undefined ? undefined : summarizeArrivals(arrivals),
    sockets: summarizeSockets(recorded.sockets, duration),
    connections: summarizeConnections(recorded.openings, run.cold),
  }
}
