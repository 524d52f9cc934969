import type { Clock } from '../clock/clock.ts'
import type { Check } from '../limits/check.ts'
import { judgeCheck } from '../limits/judge-check.ts'
import { parseLimits } from '../limits/parse-limits.ts'
import type { OperationListener } from '../metrics/listened-series.ts'
import { Recorder, type IterationFailure } from '../metrics/recorder.ts'
import type { FailureKind } from '../metrics/outcome.ts'
import type { Sample, StreamTiming } from '../metrics/sample.ts'
import type { Series } from '../metrics/series.ts'
import { summarize } from '../metrics/summary.ts'
import type { Ms } from '../units/units.ts'
import type { ClosedPlan } from './closed-options.ts'
import type { LoadControl } from './load-control.ts'
import type { StepSummary } from './step-summary.ts'
import type { StepsPlan } from './steps-options.ts'

interface Step {
  readonly users: number
  readonly from: Ms
  readonly recorder: Recorder
  to: Ms | undefined
}

/** A step is judged this long before the next, so that no user of that one has come yet. */
const AHEAD: Ms = 10

/**
 * Records each step of a load by itself, beside the run, and ends the load with the first that misses
 * the limits. An operation is of the step in which it began. At the end all steps are judged once more,
 * with what was still under way when the next one began.
 */
export class StepWatch implements OperationListener {
  readonly #plan: StepsPlan
  readonly #checks: readonly Check[]
  readonly #clock: Clock
  readonly #steps: Step[] = []

  constructor(plan: StepsPlan, limits: ClosedPlan['limits'], clock: Clock) {
    this.#plan = plan
    this.#checks = parseLimits(limits, 'limits')
    this.#clock = clock
  }

  /** The most users that were asked for. */
  get users(): number {
    return this.#steps.at(-1)?.users ?? 0
  }

  /** Begins the first step, and the others when they are due. */
  begin(control: LoadControl): void {
    const { users, every } = this.#plan
    this.#enter(users[0] ?? 0, control.startedAt)
    for (const [at, next] of users.entries()) {
      if (at > 0) control.at(at * every - AHEAD, () => this.#climb(control, next))
    }
    control.at(users.length * every - AHEAD, () => this.#end())
  }

  began(): void {}

  ended({ name, tags }: Series, sample: Sample, stream?: StreamTiming): void {
    const streaming = stream !== undefined
    this.#of(sample)
      ?.series(name, { tags: [...tags], streaming })
      .record(sample, stream)
  }

  amended({ name }: Series, sample: Sample, outcome: FailureKind, stream?: StreamTiming): void {
    this.#of(sample)?.series(name).amend(sample, outcome, stream)
  }

  restored({ name }: Series, sample: Sample, outcome: FailureKind): void {
    this.#of(sample)?.series(name).restore(sample, outcome)
  }

  iteration(sample: Sample, failure?: IterationFailure): void {
    this.#of(sample)?.iteration(sample, failure)
  }

  /** Every step that began; one that the load ended in before its time is not judged. */
  summaries(startedAt: Ms, endedAt: Ms): readonly StepSummary[] {
    return this.#steps.map((step) => {
      const { users, from, to } = step
      const duration = (to ?? endedAt) - from
      const summary = summarize(step.recorder.data(this.#clock.now()), duration)
      const verdicts =
        to === undefined ? [] : this.#checks.map((check) => judgeCheck(check, summary))
      const met = verdicts.every(({ status }) => status === 'pass')
      const { count, errorRate, throughput, latency } = summary
      return {
        users,
        from: from - startedAt,
        duration,
        status: to === undefined ? 'unfinished' : met ? 'met' : 'missed',
        verdicts,
        count,
        errorRate,
        throughput: throughput.mean,
        p50: latency.p50,
        p95: latency.p95,
        p99: latency.p99,
      }
    })
  }

  #climb(control: LoadControl, users: number): void {
    if (control.stopping.aborted) return
    this.#end()
    const now = this.#clock.now()
    const met = this.summaries(control.startedAt, now).at(-1)?.status === 'met'
    if (met) this.#enter(users, now)
    else control.stop('complete')
  }

  #enter(users: number, from: Ms): void {
    this.#steps.push({ users, from, recorder: new Recorder(from), to: undefined })
  }

  #end(): void {
    const last = this.#steps.at(-1)
    if (last !== undefined) last.to ??= this.#clock.now()
  }

  #of({ startedAt }: Sample): Recorder | undefined {
    return this.#steps.findLast(({ from }) => from <= startedAt)?.recorder
  }
}
