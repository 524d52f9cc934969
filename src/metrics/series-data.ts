import { EMPTY_HISTOGRAM, mergeHistograms, type HistogramData } from '../stats/histogram.ts'
import { joinJointTimes } from './joint-times.ts'
import type { OutcomeKind } from './outcome.ts'
import type { StreamsData } from './stream-series.ts'
import type { Window } from './timeline.ts'
import { joinTokens } from './tokens.ts'

/** The counts and histograms of one named operation, as plain data: all of it adds up. */
export interface SeriesState extends StreamsData {
  readonly name: string
  readonly part: boolean
  readonly tags: readonly string[]
  /** Failures of operations that stream; none when it has never streamed. */
  readonly streamFailures: number
  readonly outcomes: Readonly<Partial<Record<OutcomeKind, number>>>
  readonly latency: HistogramData
  /** Latencies without the lag; only in an open load. */
  readonly service: HistogramData | undefined
  readonly ttfb: HistogramData
  /** Latencies of those that had to wait for a connection to be opened; `undefined` when none had to. */
  readonly cold?: HistogramData | undefined
  /** How long operations had lasted that the end of the run cut off before these came. */
  readonly cutOff: Readonly<Record<CutOffTime, HistogramData>>
}

/** The same with its course. */
export interface SeriesData extends SeriesState {
  readonly windows: readonly Window[]
}

/** The times that an operation still owes when it is cut off. */
export type CutOffTime = 'latency' | 'ttft' | 'ttfo' | 'ttct'

/** Several series as one, under a new name: all requests of a run, one series of several runs. */
export function joinSeries(
  name: string,
  parts: readonly SeriesState[],
  windows: readonly Window[],
): SeriesData {
  const join = (pick: (part: SeriesState) => HistogramData): HistogramData =>
    parts.length === 0 ? EMPTY_HISTOGRAM : mergeHistograms(parts.map(pick))
  const outcomes: Partial<Record<OutcomeKind, number>> = {}
  for (const part of parts) {
    for (const [kind, count] of Object.entries(part.outcomes) as [OutcomeKind, number][]) {
      outcomes[kind] = (outcomes[kind] ?? 0) + count
    }
  }
  return {
    name,
    part: false,
    tags: [],
    streamFailures: parts.reduce((total, part) => total + part.streamFailures, 0),
    outcomes,
    latency: join((part) => part.latency),
    service: parts.some(({ service }) => service !== undefined)
      ? join((part) => part.service ?? EMPTY_HISTOGRAM)
      : undefined,
    ttfb: join((part) => part.ttfb),
    cold: join((part) => part.cold ?? EMPTY_HISTOGRAM),
    ttft: join((part) => part.ttft),
    ttfo: join((part) => part.ttfo),
    ttst: join((part) => part.ttst),
    ttct: join((part) => part.ttct),
    gap: join((part) => part.gap),
    tpot: join((part) => part.tpot),
    stopLatency: join((part) => part.stopLatency),
    tokens: joinTokens(parts.map((part) => part.tokens)),
    joint: joinJointTimes(parts.map((part) => part.joint)),
    cutOff: {
      latency: join((part) => part.cutOff.latency),
      ttft: join((part) => part.cutOff.ttft),
      ttfo: join((part) => part.cutOff.ttfo),
      ttct: join((part) => part.cutOff.ttct),
    },
    windows,
  }
}

/** All that ended, however they did. */
export const countOf = ({ outcomes }: SeriesState): number =>
  Object.values(outcomes).reduce((sum, each) => sum + each, 0)
