import type { MatcherState } from 'vitest'
import { amount } from '../limits/amount.ts'
import { memorySlope, timeNeeded } from '../monitors/memory-slope.ts'
import type { MemorySlope } from '../monitors/memory-slope.ts'
import type { MemorySummary } from '../monitors/monitor.ts'
import { toBytesPerSecond } from '../units/bytes-rate.ts'
import type { BytesRateInput } from '../units/bytes-rate.ts'
import { formatMs, formatNumber } from '../units/format.ts'
import { toMs } from '../units/parse.ts'
import type { DurationInput, Ms } from '../units/units.ts'
import { conclude, subjectOf, type MatcherResult } from './conclude.ts'
import { memoryLines } from './memory-lines.ts'
import { describeMissingMonitor } from './missing.ts'
import type { Reading } from './reading.ts'
import { MEMORY_SUBJECTS } from './wrong-subject.ts'

export interface SlopeOptions {
  /** What is left out at the start, where caches and heaps fill up. Default: the first third. */
  warmUp?: DurationInput
}

/** The matcher of how fast memory grows. The limit is inclusive. */
export function toHaveSlopeBelow(
  this: MatcherState,
  received: unknown,
  input: BytesRateInput,
  options?: SlopeOptions,
): MatcherResult {
  const matcher = 'toHaveSlopeBelow'
  const call = { state: this, matcher, received, args: [input, options] }
  const limit = toBytesPerSecond(input, `${matcher}(limit)`)
  const warmUp =
    options?.warmUp === undefined
      ? undefined
      : toMs(options.warmUp, `${matcher}(limit, { warmUp })`)
  const memory = subjectOf(call, MEMORY_SUBJECTS, (subject) =>
    subject.kind === 'memory' ? subject : undefined,
  )
  return conclude(call, readSlope(memory, limit, warmUp))
}

function readSlope(memory: MemorySummary, limit: number, warmUp: Ms | undefined): Reading {
  const subject = `memory slope of ${memory.label}`
  const slope = memorySlope(memory, warmUp)
  const note = slope === undefined ? undefined : doubtOf(subject, slope, limit)
  const comparison = {
    subject,
    metric: 'slope',
    operator: 'at most',
    limit,
    unit: 'bytes/s',
    measured: slope?.slope,
    samples: memory.samples,
    ...(note !== undefined && { note }),
  } as const
  const evidence = {
    lines: () => [
      ...(slope === undefined ? [] : [intervalLine(slope)]),
      ...(note === undefined ? [] : [note]),
      ...memoryLines(memory),
    ],
    missing: () => describeTooFew(subject, memory),
  }
  return { comparison, evidence }
}

const perMinute = (value: number): string => amount('bytes/s', value)

const intervalLine = ({ lower, upper, from, to }: MemorySlope): string =>
  `from ${formatMs(from)} to ${formatMs(to)}, 95 % sure: ${perMinute(lower)} to ${perMinute(upper)}`

/** Set when the limit is within the interval: the estimate decides, and may be wrong. */
function doubtOf(subject: string, slope: MemorySlope, limit: number): string | undefined {
  const { lower, upper, from, to } = slope
  if (upper <= limit || lower > limit) return undefined
  const needed = timeNeeded(slope, limit)
  const range = `${perMinute(lower)} to ${perMinute(upper)}`
  const wish = Number.isFinite(needed) ? `; about ${formatMs(needed)} would tell` : ''
  return `${subject} is not sure after ${formatMs(to - from)}: ${range}${wish}`
}

function describeTooFew(subject: string, memory: MemorySummary): string {
  const { samples, series } = memory
  if (samples < 2) return describeMissingMonitor(subject, memory)
  const each = ((series.at(-1)?.at ?? 0) - (series[0]?.at ?? 0)) / (series.length - 1)
  const watched = `${formatNumber(samples)} samples in ${formatMs(series.at(-1)?.at ?? 0)}`
  return `${subject} has too few samples after the warm-up: it takes 10, ${formatMs(10 * each)} at this interval, and there were ${watched} with the warm-up`
}
