import type { VerdictUnit } from '../../limits/verdict.ts'
import type { RunFile } from '../../run-file/run-file.ts'
import type { Ms, Ratio } from '../../units/units.ts'

/** One of the runs that are compared. The first is what the last is judged against. */
export interface ComparedRun {
  readonly id: string
  readonly startedAt: string
  readonly ending: RunFile['ending']
  /** `main@4f7e11b`, where the run file knows it. */
  readonly revision?: string | undefined
}

/** What two runs do not have in common. */
export interface Obstacle {
  readonly kind: 'shape' | 'machine' | 'versions' | 'target' | 'generator' | 'ending'
  /** Whether figures say nothing of each other because of it; otherwise it is to be kept in mind. */
  readonly blocks: boolean
  /** `users: 100, then 200` */
  readonly text: string
}

/**
 * Of the last run against the first. `within noise`: by so much they may differ by chance, or by less than
 * what was asked to matter. `not comparable`: nothing can be told, and `why` says why.
 */
export type ChangeVerdict = 'worse' | 'better' | 'within noise' | 'not comparable'

export type ComparedMetric =
  | 'p50'
  | 'p95'
  | 'p99'
  | 'ttft'
  | 'errorRate'
  | 'throughput'
  | 'memory'
  | 'cpu'

/** One figure in all runs. */
export interface ComparedFigure {
  readonly metric: ComparedMetric
  readonly unit: VerdictUnit
  /** In the order of the runs; missing where nothing was measured. */
  readonly values: readonly (number | undefined)[]
  /** Between what each value lies, at 95 %; an end that is not known is missing. */
  readonly intervals?: readonly Interval[] | undefined
  /** Last ÷ first − 1; of an error rate last − first. */
  readonly change?: number | undefined
  /** Between what the change lies, at 95 %. */
  readonly between?: Interval | undefined
  /** Half the width of that: changes up to here may be chance. */
  readonly noise?: number | undefined
  /** Of the change, corrected by Holm for all that this comparison judges. */
  readonly p?: Ratio | undefined
  /** Missing for a figure of which no noise is known: it is shown and not judged. */
  readonly verdict?: ChangeVerdict | undefined
  readonly why?: string | undefined
}

export interface Interval {
  readonly low?: number | undefined
  readonly high?: number | undefined
}

export interface ComparedEndpoint {
  readonly name: string
  /** Completed requests, in the order of the runs; missing where it did not occur. */
  readonly requests: readonly (number | undefined)[]
  /** `p50`, `p95`, `p99`, `errorRate`, and `ttft` (its p95) where it streams. */
  readonly figures: readonly ComparedFigure[]
  /** The worst of its figures. */
  readonly verdict: ChangeVerdict
  readonly why?: string | undefined
}

/** One load that the first and the last run both have. */
export interface ComparedLoad {
  /** `chat.perf.ts › 100 users chat` */
  readonly title: string
  /** `30 s · 100 users`, of the first run. */
  readonly shape: string
  readonly obstacles: readonly Obstacle[]
  /** All requests together, with `throughput`, and `memory` and `cpu` of the service where it was watched. */
  readonly whole: ComparedEndpoint
  /** Those of the first run in their order, then those that are new. */
  readonly endpoints: readonly ComparedEndpoint[]
  readonly charts: Charts
}

export interface Charts {
  readonly dumbbell: readonly DumbbellRow[]
  readonly radar: Radar
  /** Percentiles of all requests, one curve for each run. */
  readonly curves: readonly (readonly CurvePoint[])[]
  /** Only of three runs and more. */
  readonly trend: readonly TrendLine[]
}

/** p95 of an endpoint in the first and the last run. */
export interface DumbbellRow {
  readonly name: string
  readonly base: Ms
  readonly head: Ms
  readonly verdict: ChangeVerdict
}

/** Each axis relative to the first run, which is 1 on all of them: outside is worse. */
export interface Radar {
  readonly axes: readonly string[]
  /** For each run, in their order; cut at `most`, missing where nothing was measured. */
  readonly runs: readonly (readonly (number | undefined)[])[]
  readonly most: number
}

export interface CurvePoint {
  readonly percentile: number
  readonly value: Ms
}

/** p95 of an endpoint over all runs. */
export interface TrendLine {
  readonly name: string
  readonly values: readonly (Ms | undefined)[]
  readonly intervals: readonly Interval[]
}

/** What the figures hint at, by a documented rule. */
export interface Suggestion {
  /** The rule that found it. */
  readonly rule: string
  readonly load: string
  /** What was measured: `p50 +107 % and p95 +155 % on GET /orders`. */
  readonly evidence: string
  /** What often is behind that. */
  readonly cause: string
  /** What would tell. */
  readonly next: string
}

/** Two or more runs side by side, as plain data. */
export interface Comparison {
  readonly runs: readonly ComparedRun[]
  /** The worst of all loads; `not comparable` when no load could be judged. */
  readonly verdict: ChangeVerdict
  /** What all loads have against them. */
  readonly obstacles: readonly Obstacle[]
  readonly loads: readonly ComparedLoad[]
  /** Loads that only the first run has, and that only the last one has. */
  readonly gone: readonly string[]
  readonly added: readonly string[]
  readonly suggestions: readonly Suggestion[]
  /** How it was judged. */
  readonly rules: { readonly confidence: Ratio; readonly least: Ratio; readonly judged: number }
}

export interface CompareOptions {
  /** Changes of a time below this share are of no interest. Default 0.05. */
  readonly least?: Ratio
  /** Judge although machine or load differ. */
  readonly anyway?: boolean
}
