import type { MatcherState } from 'vitest'
import type { CpuSummary } from '../monitors/monitor.ts'
import { toCores, type CoresInput } from '../units/cores.ts'
import { conclude, subjectOf, type MatcherResult } from './conclude.ts'
import { cpuLines } from './evidence.ts'
import { describeMissingMonitor } from './missing.ts'
import type { Reading } from './reading.ts'
import { CPU_SUBJECTS } from './wrong-subject.ts'

/** The matcher of the mean CPU time used per second. The limit is inclusive. */
export function toHaveCpuBelow(
  this: MatcherState,
  received: unknown,
  input: CoresInput,
): MatcherResult {
  const matcher = 'toHaveCpuBelow'
  const call = { state: this, matcher, received, args: [input] }
  const limit = toCores(input, `${matcher}(limit)`)
  const cpu = subjectOf(call, CPU_SUBJECTS, (subject) =>
    subject.kind === 'cpu' ? subject : undefined,
  )
  return conclude(call, readCpu(cpu, limit))
}

/** The mean CPU beside its limit. */
export function readCpu(cpu: CpuSummary, limit: number): Reading {
  const subject = `mean CPU of ${cpu.label}`
  const comparison = {
    subject,
    metric: 'cpu',
    operator: 'at most',
    limit,
    unit: 'cores',
    measured: cpu.mean,
    samples: cpu.samples,
  } as const
  const evidence = {
    lines: () => cpuLines(cpu),
    missing: () => describeMissingMonitor(subject, cpu),
  }
  return { comparison, evidence }
}
