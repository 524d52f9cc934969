import type { MatcherState } from 'vitest'
import type { VerdictOptions } from '../limits/verdict-options.ts'
import { memorySlope } from '../monitors/memory-slope.ts'
import type { MemorySummary } from '../monitors/monitor.ts'
import { proveSlope } from '../monitors/prove-slope.ts'
import { toBytes } from '../units/parse.ts'
import type { Bytes, BytesInput, Ms } from '../units/units.ts'
import { conclude, subjectOf, type MatcherResult } from './conclude.ts'
import { memoryLines } from './memory-lines.ts'
import type { Reading } from './reading.ts'
import { describeTooFew, stretchLine } from './slope.ts'
import { MEMORY_SUBJECTS } from './wrong-subject.ts'

/** The last third is looked at. */
const LEFT_OUT = 2 / 3

/** A runtime may take more memory for minutes, and then no more. */
const LEAST: Ms = 300_000

/** The matcher of memory that has levelled off. The limit is inclusive. */
export function toHavePlateauWithin(
  this: MatcherState,
  received: unknown,
  input: BytesInput,
  options?: VerdictOptions,
): MatcherResult {
  const matcher = 'toHavePlateauWithin'
  const call = { state: this, matcher, received, args: [input, options] }
  const limit = toBytes(input, `${matcher}(limit)`)
  const memory = subjectOf(call, MEMORY_SUBJECTS, (subject) =>
    subject.kind === 'memory' ? subject : undefined,
  )
  return conclude(call, readPlateau(memory, limit), options)
}

/** How much memory rose in the last third, by its slope there, beside its limit. */
export function readPlateau(memory: MemorySummary, limit: Bytes): Reading {
  const subject = `late memory rise of ${memory.label}`
  const slope = memorySlope(memory, { leftOut: LEFT_OUT })
  const seconds = slope === undefined ? 0 : (slope.to - slope.from) / 1_000
  const comparison = {
    subject,
    metric: 'plateau',
    operator: 'at most',
    limit,
    unit: 'bytes',
    measured: slope && slope.slope * seconds,
    samples: memory.samples,
  } as const
  const evidence = {
    lines: () => [
      ...(slope === undefined ? [] : [`in the last third, ${stretchLine(slope)}`]),
      ...memoryLines(memory),
    ],
    missing: () => describeTooFew(subject, memory, 'in the last third'),
  }
  const prove: Reading['prove'] = (confidence) => {
    const found = memorySlope(memory, { leftOut: LEFT_OUT, confidence })
    const question = { limit: limit / seconds, confidence, scale: seconds, least: LEAST }
    return found && proveSlope(found, question)
  }
  return { comparison, evidence, prove }
}
