import { mergeHistograms } from '../stats/histogram.ts'
import { distribution, type Distribution } from './distribution.ts'
import { joinJointTimes } from './joint-times.ts'
import type { OutcomeKind } from './outcome.ts'
import type { StreamTime } from './stream-series.ts'
import type { OperationSummary } from './summary.ts'
import { joinCells } from './cell.ts'
import type { Window } from './timeline.ts'
import { joinTokenSummaries } from './tokens.ts'

type Times = 'latency' | 'service' | 'ttfb' | 'cold' | StreamTime

/** Several operations of one run as one, under a name for all of them. Everything adds up. */
export function joinOperations(name: string, parts: readonly OperationSummary[]): OperationSummary {
  const sum = (pick: (part: OperationSummary) => number): number =>
    parts.reduce((total, part) => total + pick(part), 0)
  const [count, ok] = [sum((part) => part.count), sum((part) => part.ok)]
  const timeline = joinTimelines(parts.map((part) => part.timeline))
  const times = (of: Times, label: string): Distribution =>
    joinTimes(
      `${label} of ${name}`,
      parts.map((part) => part[of]),
      timeline,
    )
  return {
    kind: 'request',
    name,
    count,
    ok,
    failed: count - ok,
    aborted: sum((part) => part.aborted),
    outcomes: joinOutcomes(parts),
    successRate: count === 0 ? undefined : ok / count,
    errorRate: count === 0 ? undefined : (count - ok) / count,
    throughput: { mean: count === 0 ? undefined : sum((part) => part.throughput.mean ?? 0) },
    latency: times('latency', 'latency'),
    service: times('service', 'service time'),
    ttfb: times('ttfb', 'TTFB'),
    cold: times('cold', 'cold latency'),
    ttft: times('ttft', 'TTFT'),
    ttfo: times('ttfo', 'TTFO'),
    ttst: times('ttst', 'TTST'),
    ttct: times('ttct', 'TTCT'),
    gap: times('gap', 'gap'),
    tpot: times('tpot', 'TPOT'),
    stopLatency: times('stopLatency', 'stop latency'),
    tokens: joinTokenSummaries(parts.map((part) => part.tokens)),
    joint: joinJointTimes(parts.map((part) => part.joint)),
    timeline,
  }
}

function joinTimes(
  label: string,
  parts: readonly Distribution[],
  windows: readonly Window[],
): Distribution {
  const course = parts[0]?.course
  return distribution(label, mergeHistograms(parts.map(({ histogram }) => histogram)), {
    failed: parts.reduce((sum, { failed }) => sum + failed, 0),
    dropped: parts.reduce((sum, { dropped }) => sum + dropped, 0),
    cutOff: mergeHistograms(parts.map(({ cutOff }) => cutOff)),
    course: course && { ...course, windows },
  })
}

function joinOutcomes(parts: readonly OperationSummary[]): OperationSummary['outcomes'] {
  const outcomes: Partial<Record<OutcomeKind, number>> = {}
  for (const part of parts) {
    for (const [kind, count] of Object.entries(part.outcomes) as [OutcomeKind, number][]) {
      outcomes[kind] = (outcomes[kind] ?? 0) + count
    }
  }
  return outcomes
}

/** All series of a run lie on one grid of windows. */
function joinTimelines(timelines: readonly (readonly Window[])[]): readonly Window[] {
  const [first = []] = timelines
  return first.map(({ at, width, users }, index) => ({
    at,
    width,
    users,
    ...joinCells(timelines.flatMap((timeline) => timeline[index] ?? [])),
  }))
}
