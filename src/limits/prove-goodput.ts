import type { OperationSummary } from '../metrics/summary.ts'
import type { Window } from '../metrics/timeline.ts'
import { countAbove, EMPTY_HISTOGRAM, type HistogramData } from '../stats/histogram.ts'
import { goodRequests } from './good-requests.ts'
import type { GoodTimes } from './good-times.ts'
import type { MeanQuestion } from './judge-mean.ts'
import type { Proof } from './proof.ts'
import { proveRate, stretchesOf } from './prove-rate.ts'

/**
 * The proof of so many good requests per second, by when they ended.
 *
 * @returns `undefined` where it is not known which were good
 */
export function proveGoodput(
  operation: OperationSummary,
  within: GoodTimes,
  question: MeanQuestion,
): Proof | undefined {
  if (goodRequests(operation, within).kind === 'unknown') return undefined
  return proveRate(stretchesOf(operation.timeline, goodIn(operation, within)), question)
}

/** How many good requests ended in a window: from what `goodRequests` counts, too. */
function goodIn(
  { joint, ok, timeline }: OperationSummary,
  within: GoodTimes,
): (window: Window, at: number) => number {
  const ofStreams = Object.keys(within).some((name) => name !== 'latency' && name !== 'ttfb')
  if (joint !== undefined && (ofStreams || joint.count === ok)) {
    const good = byWindow(joint.course(within), timeline)
    return (_, at) => good[at] ?? 0
  }
  if (ofStreams) return () => 0
  // The first byte never comes after the last: of both limits the latency's holds the other.
  return within.latency === undefined
    ? ({ times }) => countWithin(times?.ttfb, within.ttfb)
    : ({ latency }) => countWithin(latency, within.latency)
}

const countWithin = (values: HistogramData = EMPTY_HISTOGRAM, limit = Infinity): number =>
  values.count - countAbove(values, limit)

function byWindow(
  seconds: ReadonlyMap<number, number>,
  timeline: readonly Window[],
): readonly number[] {
  const good = timeline.map(() => 0)
  for (const [second, count] of seconds) {
    const at = timeline.findLastIndex((window) => window.at <= second * 1_000)
    if (at >= 0) good[at] = (good[at] ?? 0) + count
  }
  return good
}
