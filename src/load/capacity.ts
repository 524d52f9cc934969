import type { Limits } from '../limits/grammar.ts'
import type { ScalabilityLaw } from '../stats/usl.ts'
import type { Ms, PerSecond, Ratio } from '../units/units.ts'
import type { Outcome, SearchEnding, SearchStage } from './capacity-search.ts'

/** One run of a search. */
export interface CapacityTrial {
  /** Users, or iterations per second. */
  readonly load: number
  readonly stage: SearchStage
  readonly outcome: Outcome['outcome']
  /** The first limit that was missed, or why the run tells nothing. */
  readonly reason?: string | undefined
  /** From the start of the search. */
  readonly at: Ms
  /** Iterations that came to a good end, per second. */
  readonly throughput: PerSecond
  /** Iterations under way on average. */
  readonly inFlight: number
  /** How long an iteration took on average. */
  readonly time: Ms | undefined
  readonly p50: Ms | undefined
  readonly p95: Ms | undefined
  readonly p99: Ms | undefined
  readonly errorRate: Ratio | undefined
}

/** All runs at one load together: the medians of their figures. */
export interface CapacityPoint extends Omit<CapacityTrial, 'stage' | 'outcome' | 'reason' | 'at'> {
  readonly runs: number
  readonly met: number
}

/** The highest load that meets the limits, as plain data. */
export interface CapacityData {
  readonly kind: 'capacity'
  readonly of: 'users' | 'rate'
  /** Of the test. */
  readonly title: string
  readonly seed: number
  /** Wall clock, ISO 8601. */
  readonly startedAt: string
  readonly elapsed: Ms
  readonly slo: Limits
  readonly from: number
  readonly to: number
  readonly within: Ratio
  readonly step: Ms
  readonly ending: SearchEnding | 'interrupted'
  /** The best guess, in the middle of the interval; `undefined` when an end of it is not known. */
  readonly value: number | undefined
  /** The highest load that all its runs met; 0 when there is none. */
  readonly lower: number
  /** The lowest load above that all its runs missed; `undefined` when the search ended before. */
  readonly upper: number | undefined
  /** Of each end: one at which half of the runs would say so has 1 − ½ⁿ of saying it n times. */
  readonly confidence: { readonly lower: Ratio; readonly upper: Ratio }
  /** In the order in which they ran. */
  readonly trials: readonly CapacityTrial[]
  /** Throughput and latency against load, from the least to the most. */
  readonly curve: readonly CapacityPoint[]
  /** The load with the most throughput for its time; `undefined` for fewer than three loads. */
  readonly knee: number | undefined
  /** How throughput grows with what is under way; `undefined` for fewer than four loads. */
  readonly law: ScalabilityLaw | undefined
}

/** What a search of users found. */
export interface UserCapacity extends CapacityData {
  readonly of: 'users'
}

/** What a search of rates found; loads are iterations per second. */
export interface RateCapacity extends CapacityData {
  readonly of: 'rate'
}

export type Capacity = UserCapacity | RateCapacity
