import type { MatcherState } from 'vitest'
import { UsageError } from '../errors/usage-error.ts'
import { conclude, subjectOf, type MatcherResult } from './conclude.ts'
import { cpuLines } from './evidence.ts'
import { describeMissingMonitor } from './missing.ts'
import { CPU_SUBJECTS } from './wrong-subject.ts'

/** Cores (1 is one core busy), or a share of one core as `top` prints it: `'80%'`, `'250%'`. */
export type CoresInput = number | `${number}%`

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
  return conclude(call, comparison, {
    lines: () => cpuLines(cpu),
    missing: () => describeMissingMonitor(subject, cpu),
  })
}

function toCores(input: unknown, path: string): number {
  const [, percent] =
    typeof input === 'string' ? (/^\s*(\d+(?:\.\d+)?)%\s*$/.exec(input) ?? []) : []
  const cores = percent === undefined ? input : Number(`${percent}e-2`)
  if (typeof cores === 'number' && Number.isFinite(cores) && cores >= 0) return cores
  const [bare] = typeof input === 'string' ? (/^\s*\d+(?:\.\d+)?\s*$/.exec(input) ?? []) : []
  const remedy = bare === undefined ? undefined : `Write the unit: '${bare.trim()}%'`
  throw new UsageError(
    path,
    "cores (1 is one core busy) or a string like '80%', '250%'",
    input,
    remedy,
  )
}
