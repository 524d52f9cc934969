import type { MatcherState } from 'vitest'
import type { VerdictOptions } from '../limits/verdict-options.ts'
import { memorySlope, type MemorySlope } from '../monitors/memory-slope.ts'
import type { MemorySummary } from '../monitors/monitor.ts'
import { proveSlope } from '../monitors/prove-slope.ts'
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

export interface SlopeOptions extends VerdictOptions {
  /** What is left out at the start, where caches and heaps fill up. Default: the first third. */
  readonly warmUp?: DurationInput | undefined
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
  const { warmUp, ...verdict } = options ?? {}
  const left = warmUp === undefined ? undefined : toMs(warmUp, `${matcher}(limit, { warmUp })`)
  const memory = subjectOf(call, MEMORY_SUBJECTS, (subject) =>
    subject.kind === 'memory' ? subject : undefined,
  )
  return conclude(call, readSlope(memory, limit, left), verdict)
}

/** The slope of memory beside its limit. */
export function readSlope(memory: MemorySummary, limit: number, warmUp?: Ms): Reading {
  const subject = `memory slope of ${memory.label}`
  const slope = memorySlope(memory, { warmUp })
  const comparison = {
    subject,
    metric: 'slope',
    operator: 'at most',
    limit,
    unit: 'bytes/s',
    measured: slope?.slope,
    samples: memory.samples,
  } as const
  const evidence = {
    lines: () => [...(slope === undefined ? [] : [stretchLine(slope)]), ...memoryLines(memory)],
    missing: () => describeTooFew(subject, memory, 'after the warm-up'),
  }
  const prove: Reading['prove'] = (confidence) => {
    const found = memorySlope(memory, { warmUp, confidence })
    return found && proveSlope(found, { limit, confidence })
  }
  return { comparison, evidence, prove }
}

/** `from 20 s to 60 s`. */
export const stretchLine = ({ from, to }: MemorySlope): string =>
  `from ${formatMs(from)} to ${formatMs(to)}`

/** Why there is no slope. */
export function describeTooFew(subject: string, memory: MemorySummary, where: string): string {
  const { samples, series } = memory
  if (samples < 2) return describeMissingMonitor(subject, memory)
  const span = (series.at(-1)?.at ?? 0) - (series[0]?.at ?? 0)
  const each = span / (series.length - 1)
  const watched = `${formatNumber(samples)} samples in ${formatMs(span)}`
  return `${subject} has too few samples ${where}: it takes 10, ${formatMs(10 * each)} at this interval, and there were ${watched} in all`
}
