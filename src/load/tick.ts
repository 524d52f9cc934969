import type { Verdict } from '../limits/verdict.ts'
import type { Health } from '../monitors/generator-health.ts'
import type { Ms, PerSecond } from '../units/units.ts'
import type { PhaseName } from './phases.ts'
import type { Steered, SteerTarget } from './steering.ts'

/** What a load does at a moment, as plain data: for those who watch it. */
export interface Tick {
  /** Of the test, as its run has it. */
  readonly title: string
  readonly phase: PhaseName
  /** Where several loads are one work: which of them this is, `block 7 of 60, head`. */
  readonly part?: string | undefined
  /** Since the load began. */
  readonly elapsed: Ms
  /** How long it lasts by its plan; `undefined` when iterations end it. */
  readonly length: Ms | undefined
  /** Virtual users at work. */
  readonly users: number
  /** What is asked of it now: users, or iterations that start in a second. */
  readonly asked?: SteerTarget | undefined
  /** What was done to it by hand so far. */
  readonly steered?: readonly Steered[] | undefined
  /** Completed in all phases, the requests of a load that has some, or else its iterations. */
  readonly count: number
  readonly failed: number
  /** Completed per second since the tick before. */
  readonly rate: PerSecond | undefined
  /** Latencies of the phase so far; `undefined` when nothing went well in it yet. */
  readonly p50: Ms | undefined
  readonly p95: Ms | undefined
  readonly p99: Ms | undefined
  /** The 95th percentile of each of the last seconds of the phase; `null` where nothing went well. */
  readonly course?: readonly (Ms | null)[] | undefined
  /** Whether the generator keeps up, in the judged time. */
  readonly generator?: Health | undefined
  /** How the limits of the load stand in the judged time so far; none outside of it. */
  readonly verdicts: readonly Verdict[]
  /** Why it goes on longer than it was to. */
  readonly note?: string | undefined
  /** The last tick: the load has ended. */
  readonly over: boolean
}
