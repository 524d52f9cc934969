import type { Verdict } from '../limits/verdict.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { Ms, PerSecond, Ratio } from '../units/units.ts'

/** One step of a load that climbs. Times are of the successes. */
export interface StepSummary {
  readonly users: number
  /** From the start of the load. */
  readonly from: Ms
  readonly duration: Ms
  /** `unfinished`: the load ended in it, so that nothing is judged. */
  readonly status: 'met' | 'missed' | 'unfinished'
  /** On each limit; none for an unfinished step. */
  readonly verdicts: readonly Verdict[]
  readonly count: number
  readonly errorRate: Ratio | undefined
  readonly throughput: PerSecond | undefined
  readonly p50: Ms | undefined
  readonly p95: Ms | undefined
  readonly p99: Ms | undefined
}

/** What the service sustained: the last step up to which every one met all limits. */
export interface Sustained {
  /** 0 when the first step missed them. */
  readonly users: number
  readonly step: StepSummary | undefined
}

/** @throws UsageError for a load without steps */
export function sustainedOf(steps: readonly StepSummary[] | undefined): Sustained {
  if (steps === undefined) {
    const message =
      'run.sustained is of a load that climbs: load({ steps: { by: 10, every, upTo }, limits })'
    throw UsageError.saying('run.sustained', message)
  }
  const broken = steps.findIndex(({ status }) => status !== 'met')
  const step = steps.at(broken === -1 ? -1 : broken - 1)
  return broken === 0 || step === undefined
    ? { users: 0, step: undefined }
    : { users: step.users, step }
}
