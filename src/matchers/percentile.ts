import type { MatcherState } from 'vitest'
import { knownNames } from '../errors/nearest.ts'
import { UsageError } from '../errors/usage-error.ts'
import { bucketOf } from '../stats/bucket.ts'
import { quantile } from '../stats/histogram.ts'
import type { Proof } from '../limits/proof.ts'
import { provePercentile } from '../limits/prove-percentile.ts'
import { fewSamples } from '../limits/sample-size.ts'
import type { VerdictOptions } from '../limits/verdict-options.ts'
import { toMs } from '../units/parse.ts'
import type { DurationInput, Ms, Percentile, Ratio } from '../units/units.ts'
import type { Call } from './call.ts'
import { conclude, subjectOf, type MatcherResult } from './conclude.ts'
import { percentileLines, percentileName } from './evidence.ts'
import {
  againstLimit,
  latencyReading,
  timedReading,
  type LatencyReading,
  type Of,
} from './latency-reading.ts'
import { describeMissingLatency, describeUnknownPercentile } from './missing.ts'
import type { Reading } from './reading.ts'
import { worstWindow } from './worst-window.ts'
import { LATENCY_SUBJECTS } from './wrong-subject.ts'

/** How a percentile reads failed operations. */
export interface PercentileOptions extends VerdictOptions {
  /** `'all'` (the default): a failure is infinitely slow. `'successes'`: failures are left out. */
  readonly of?: Of | undefined
}

/** The matcher of one percentile. The limit is inclusive. */
export function percentileBelow(matcher: string, percentile: Percentile) {
  return function (
    this: MatcherState,
    received: unknown,
    limit: DurationInput,
    options?: PercentileOptions,
  ): MatcherResult {
    const call = { state: this, matcher, received, args: [limit, options] }
    return percentileWithin(call, percentile, limit, options)
  }
}

/** The matcher of any percentile from 1 to 100. The limit is inclusive. */
export function toHavePercentileBelow(
  this: MatcherState,
  received: unknown,
  percentile: Percentile,
  limit: DurationInput,
  options?: PercentileOptions,
): MatcherResult {
  const matcher = 'toHavePercentileBelow'
  const call = { state: this, matcher, received, args: [percentile, limit, options] }
  return percentileWithin(call, toPercentile(percentile, `${matcher}(p)`), limit, options)
}

function percentileWithin(
  call: Call,
  percentile: Percentile,
  input: DurationInput,
  options: PercentileOptions = {},
): MatcherResult {
  const limit = toMs(input, `${call.matcher}(limit)`)
  const { of, verdict } = toOptions(options, call.matcher)
  const subject = subjectOf(call, LATENCY_SUBJECTS, latencyReading)
  return conclude(call, readPercentile(subject, percentile, limit, of), verdict)
}

/** A percentile beside its limit. */
export function readPercentile(
  subject: LatencyReading,
  percentile: Percentile,
  limit: Ms,
  of: Of = 'all',
): Reading {
  const reading = againstLimit(subject, limit)
  const name = percentileName(percentile)
  const found = reading.percentile(percentile, of)
  const worst = worstWindow(reading.operation?.timeline, (window) =>
    quantile(window.latency, percentile, of === 'all' ? window.failed : 0),
  )
  const samples = reading.ok + (of === 'all' ? reading.failed + unanswered(reading) : 0)
  const { label, noun } = reading
  const values = timedReading(reading, of)
  // How many it takes to be proven says more than how many it takes to be no maximum.
  const note = values === undefined ? fewSamples({ percentile, label, samples, noun }) : undefined
  const comparison = {
    subject: `${name} ${reading.label}${of === 'successes' && reading.canFail ? ' (successes)' : ''}`,
    metric: name,
    operator: 'at most',
    limit,
    unit: 'ms',
    measured: reading.bench === undefined ? settle(found, limit) : found,
    samples,
    ...(note !== undefined && { note }),
  } as const
  const evidence = {
    lines: () => [
      ...percentileLines(reading, percentile, of, worst),
      ...(note === undefined ? [] : [note]),
    ],
    missing: () => whyMissing(reading, percentile, of),
  }
  if (values === undefined) return { comparison, evidence }
  const prove = (confidence: Ratio): Proof | undefined => {
    const proof = provePercentile(values, { percentile, limit, confidence })
    return proof && { ...proof, counts: noun }
  }
  return { comparison, evidence, prove }
}

/** What never got an answer and is no failure either. */
const unanswered = ({ late, values }: LatencyReading): number =>
  (late?.count ?? 0) + (values?.dropped ?? 0)

/** A histogram cannot tell apart two values in one bucket (0.1 % wide): a limit there is met. */
function settle(measured: Ms | undefined, limit: Ms): Ms | undefined {
  if (measured === undefined || !Number.isFinite(measured)) return measured
  return bucketOf(measured) === bucketOf(limit) ? Math.min(measured, limit) : measured
}

function whyMissing(reading: LatencyReading, percentile: Percentile, of: Of): string {
  const known = reading.bench !== undefined && reading.ok > 0
  return known
    ? describeUnknownPercentile(reading.label, percentile)
    : describeMissingLatency(reading, of)
}

const OPTIONS = ['of', 'confidence', 'onInconclusive']

function toOptions(
  options: unknown,
  matcher: string,
): { readonly of: Of; readonly verdict: VerdictOptions } {
  const path = `${matcher}(…, options)`
  if (typeof options !== 'object' || options === null) {
    throw new UsageError(path, "an object like { of: 'successes' }", options)
  }
  const unknown = Object.keys(options).find((key) => !OPTIONS.includes(key))
  if (unknown !== undefined) {
    const message = `${path}.${unknown} is not an option; ${knownNames(unknown, OPTIONS)}`
    throw UsageError.saying(`${path}.${unknown}`, message, options)
  }
  const { of = 'all', ...verdict } = options as PercentileOptions
  if (of === 'all' || of === 'successes') return { of, verdict }
  throw new UsageError(`${path}.of`, "'all' or 'successes'", of)
}

/** A percentile from 1 to 100: 0.95 is taken for the mistake that it is. */
function toPercentile(input: unknown, path: string): Percentile {
  if (typeof input === 'number' && input >= 1 && input <= 100) return input
  const meant = typeof input === 'number' && input > 0 && input < 1
  const remedy = meant ? `Write ${Number((input * 100).toPrecision(12))}` : undefined
  throw new UsageError(path, 'a percentile from 1 to 100', input, remedy)
}
