import type { MatcherState } from 'vitest'
import type { MemorySummary } from '../monitors/monitor.ts'
import { toBytes } from '../units/parse.ts'
import type { Bytes, BytesInput } from '../units/units.ts'
import { conclude, subjectOf, type MatcherResult } from './conclude.ts'
import { memoryLines } from './memory-lines.ts'
import { describeMissingMonitor } from './missing.ts'
import type { Reading } from './reading.ts'
import { MEMORY_SUBJECTS } from './wrong-subject.ts'

const FIGURE = { growth: 'memory growth', peak: 'peak memory' } as const

/** The matchers of memory. The limit is inclusive; memory that shrank has grown by less than 0. */
function memoryBelow(matcher: string, metric: 'growth' | 'peak') {
  return function (this: MatcherState, received: unknown, input: BytesInput): MatcherResult {
    const call = { state: this, matcher, received, args: [input] }
    const limit = toBytes(input, `${matcher}(limit)`)
    const memory = subjectOf(call, MEMORY_SUBJECTS, (subject) =>
      subject.kind === 'memory' ? subject : undefined,
    )
    return conclude(call, readMemory(memory, metric, limit))
  }
}

/** A figure of memory beside its limit. */
export function readMemory(
  memory: MemorySummary,
  metric: 'growth' | 'peak',
  limit: Bytes,
): Reading {
  const subject = `${FIGURE[metric]} of ${memory.label}`
  const comparison = {
    subject,
    metric,
    operator: 'at most',
    limit,
    unit: 'bytes',
    measured: memory[metric],
    samples: memory.samples,
  } as const
  const evidence = {
    lines: () => memoryLines(memory),
    missing: () => describeMissingMonitor(subject, memory),
  }
  return { comparison, evidence }
}

export const toHaveGrowthBelow = memoryBelow('toHaveGrowthBelow', 'growth')
export const toHavePeakBelow = memoryBelow('toHavePeakBelow', 'peak')
