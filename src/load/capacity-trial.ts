import { knownNames } from '../errors/nearest.ts'
import { UsageError } from '../errors/usage-error.ts'
import { amount } from '../limits/amount.ts'
import { judgeCheck } from '../limits/judge-check.ts'
import type { Verdict } from '../limits/verdict.ts'
import { formatMs, formatNumber, formatRatio } from '../units/format.ts'
import type { CapacityPlan } from './capacity-options.ts'
import type { CapacityTrial } from './capacity.ts'
import type { Outcome, SearchStage } from './capacity-search.ts'
import type { Flow } from './flow-watch.ts'
import type { LoadRun } from './load-run.ts'

/** A service that falls behind by more than this share of its load does not sustain it; in 10 s that is 200 ms. */
const MOST_LAGGING = 0.02
/** Of its arrivals, or of its users, a run must have started at least this share. */
const LEAST_STARTED = 0.95

/** What is asked of one run. */
export interface Tried {
  readonly load: number
  readonly stage: SearchStage
  readonly at: number
}

/**
 * What a run says of its load. It is missed when a limit is, when arrivals found every user busy, and when
 * answers take longer and longer: then the limits would break a little later.
 * @throws UsageError for a limit of a request that did not occur
 */
export function toTrial(tried: Tried, run: LoadRun, flow: Flow, plan: CapacityPlan): CapacityTrial {
  const { p50, p95, p99 } = run.latency
  const figures = { throughput: flow.throughput, inFlight: flow.inFlight, time: flow.time }
  const trial = { ...tried, ...figures, p50, p95, p99, errorRate: run.errorRate }
  return { ...trial, ...outcomeOf(run, flow, plan) }
}

function outcomeOf(
  run: LoadRun,
  { lagging }: Flow,
  { checks, of }: CapacityPlan,
): { readonly outcome: Outcome['outcome']; readonly reason?: string } {
  const { generator } = run
  const reason = tooFewStarted(run) ?? firstMissed(run, checks) ?? tooSlow(of, lagging)
  const late = tooFewUsers(run)
  if (late !== undefined) return { outcome: 'void', reason: late }
  if (reason === undefined) return { outcome: 'met' }
  if (!generator.saturated) return { outcome: 'missed', reason }
  return {
    outcome: 'void',
    reason: `the generator was saturated (${generator.reasons.join(', ')})`,
  }
}

function firstMissed(run: LoadRun, checks: CapacityPlan['checks']): string | undefined {
  for (const check of checks) {
    const verdict = judgeCheck(check, run)
    if (verdict.status === 'pass') continue
    const { request } = check
    const occurred = run.requests.map(({ name }) => name)
    if (verdict.measured === undefined && run.ok > 0 && request !== undefined) {
      const message = `${check.path}: ${JSON.stringify(request)} did not occur in a run of the search; ${knownNames(request, occurred)}`
      throw UsageError.saying(check.path, message)
    }
    return describe(verdict)
  }
  return undefined
}

function describe({ subject, measured, unit, limit }: Verdict): string {
  const found =
    measured === undefined
      ? 'not measured'
      : measured === 'never'
        ? 'never'
        : amount(unit, measured)
  return `${subject} ${found}, limit ${amount(unit, limit)}`
}

function tooFewStarted({ arrivals }: LoadRun): string | undefined {
  if (arrivals === undefined || arrivals.started >= LEAST_STARTED * arrivals.intended) {
    return undefined
  }
  const { dropped, intended } = arrivals
  return `${formatNumber(dropped)} of ${formatNumber(intended)} arrivals dropped, all users were busy`
}

const tooSlow = (of: CapacityPlan['of'], lagging: number): string | undefined =>
  of === 'rate' && lagging > MOST_LAGGING
    ? `answers took ${formatMs(lagging * 1_000)} longer with each second: ${formatRatio(lagging)} more than it can do`
    : undefined

/** Users start by timers, which come late when the generator is busy. */
function tooFewUsers({ shape, generator }: LoadRun): string | undefined {
  const { asked, reached } = generator.users
  if (shape.model !== 'closed' || reached >= LEAST_STARTED * asked) return undefined
  return `${formatNumber(reached)} of ${formatNumber(asked)} users came to work, the generator was too slow`
}
