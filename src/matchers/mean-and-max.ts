import type { MatcherState } from 'vitest'
import type { Window } from '../metrics/timeline.ts'
import type { Proof } from '../limits/proof.ts'
import { meanProof } from '../limits/prove-check.ts'
import type { VerdictOptions } from '../limits/verdict-options.ts'
import { toMs } from '../units/parse.ts'
import type { DurationInput, Ms, Ratio } from '../units/units.ts'
import { conclude, subjectOf, type MatcherResult } from './conclude.ts'
import { latencyLines } from './evidence.ts'
import { latencyReading, type LatencyReading } from './latency-reading.ts'
import { describeMissingLatency } from './missing.ts'
import type { Reading } from './reading.ts'
import { worstWindow } from './worst-window.ts'
import { LATENCY_SUBJECTS } from './wrong-subject.ts'

/** The matchers of the mean and of the maximum: of successes always, and the message says so. */
function latencyBelow(matcher: string, metric: 'mean' | 'max') {
  return function (
    this: MatcherState,
    received: unknown,
    input: DurationInput,
    options?: VerdictOptions,
  ): MatcherResult {
    const call = { state: this, matcher, received, args: [input, options] }
    const limit = toMs(input, `${matcher}(limit)`)
    const subject = subjectOf(call, LATENCY_SUBJECTS, latencyReading)
    return conclude(call, readMeanOrMax(subject, metric, limit), options)
  }
}

/** A mean or a maximum beside its limit. */
export function readMeanOrMax(reading: LatencyReading, metric: 'mean' | 'max', limit: Ms): Reading {
  const comparison = {
    subject: `${metric} ${reading.label}${reading.canFail ? ' (successes)' : ''}`,
    metric,
    operator: 'at most',
    limit,
    unit: 'ms',
    measured: reading[metric],
    samples: reading.ok,
  } as const
  const worst = worstWindow(reading.operation?.timeline, OF_WINDOW[metric])
  const evidence = {
    lines: () => latencyLines(reading, metric, worst),
    missing: () => describeMissingLatency(reading, 'successes'),
  }
  const { values, noun } = reading
  // The slowest of all is a fact of the run.
  if (metric === 'max' || values?.course === undefined) return { comparison, evidence }
  const prove = (confidence: Ratio): Proof | undefined => {
    const proof = meanProof(values, { operator: 'at most', limit, confidence })
    return proof && { ...proof, counts: noun }
  }
  return { comparison, evidence, prove }
}

const OF_WINDOW = {
  mean: ({ latency }: Window): Ms | undefined =>
    latency.count === 0 ? undefined : latency.sum / latency.count,
  max: ({ latency }: Window): Ms | undefined => latency.max,
}

export const toHaveMeanBelow = latencyBelow('toHaveMeanBelow', 'mean')
export const toHaveMaxBelow = latencyBelow('toHaveMaxBelow', 'max')
