import type { Ms, PerSecond, Ratio } from '../../units/units.ts'
import type { ChartedLoad, ChartedOperation, Line, Outlines, Values } from './charted.ts'

/**
 * What the page of a report shows, as JSON: texts are made and cleaned here, figures that a reader sorts,
 * draws or points at stay numbers. The page itself works nothing out.
 */
export interface ReportPage {
  readonly kind: 'report'
  readonly id: string
  readonly status: Status
  /** `1 of 11 performance tests failed` */
  readonly headline: string
  readonly facts: readonly string[]
  /** What a reader must know of all of it: that it was interrupted. */
  readonly notes: readonly string[]
  readonly environment: readonly Fact[]
  /** The run that figures are put beside. */
  readonly baseline?: string | undefined
  /** Those with figures; what failed stands first. */
  readonly tests: readonly TestPage[]
  readonly others: readonly OtherTest[]
}

export type Status = 'passed' | 'failed' | 'unfinished'
export type Fact = readonly [label: string, value: string]

/** A test without figures. */
export interface OtherTest {
  readonly title: string
  readonly status: Status | 'skipped'
  readonly error?: string | undefined
}

export interface TestPage {
  readonly file: string
  readonly name: string
  readonly status: Status
  /** `3 of 5 missed` */
  readonly result: string
  readonly limits: readonly LimitRow[]
  /** Empty for a test that passed. */
  readonly why: readonly Reason[]
  /** The command that runs it again. */
  readonly rerun: string
  readonly loads: readonly LoadPage[]
  readonly searches: readonly Search[]
}

/** What was measured by many runs; texts, ready to be read. */
export interface Search {
  readonly facts: string
  readonly notes: readonly string[]
  readonly table: Table
  readonly lines: readonly string[]
}

/** What failed, and what the file has to say about it: nothing is made up. */
export interface Reason {
  readonly what: string
  readonly evidence: readonly string[]
}

/** One limit; the failed ones come first. */
export interface LimitRow {
  readonly status: 'pass' | 'fail'
  readonly subject: string
  readonly measured: string
  readonly limit: string
  readonly margin: string
  /** Between what the figure lies: `[171, 214]`. */
  readonly interval: string
  /** It was decided by its point estimate alone. */
  readonly open: boolean
  readonly warning: boolean
  /** Places from 0 to 1 on a scale of its own; absent when there is no figure. */
  readonly bar?: LimitBar | undefined
}

/** Places from 0 to 1. */
export interface LimitBar {
  readonly measured: number
  readonly limit: number
  readonly least: boolean
}

/** Whether the figures can be believed. */
export interface Trust {
  readonly level: 'good' | 'doubtful' | 'unknown'
  readonly headline: string
  readonly notes: readonly string[]
  readonly facts: readonly Fact[]
}

export interface Kpi {
  readonly label: string
  readonly value: string
  readonly course: Values
  readonly change?: Change | undefined
}

/** Beside the baseline. */
export interface Change {
  /** `+12 %` */
  readonly text: string
  readonly tone: 'worse' | 'better' | 'noise'
}

export interface LoadPage extends ChartedLoad {
  readonly title: string
  readonly facts: string
  readonly warnings: readonly string[]
  /** By hand: its figures are of no plan. */
  readonly steered: boolean
  readonly trust: Trust
  readonly kpis: readonly Kpi[]
  /** What became slower in the course of the load, or since the baseline. */
  readonly slower: readonly string[]
  /** All together. */
  readonly whole: OperationPage
  readonly requests: readonly OperationPage[]
  readonly streams?: Streams | undefined
  readonly failures: readonly Count[]
  readonly errors: readonly ErrorRow[]
  readonly memory?: Line | undefined
  readonly cpu?: Line | undefined
  /** Share of the time in which the generator's event loop was at work. */
  readonly generator?: Line | undefined
  readonly tables: readonly Table[]
  readonly details: readonly Fact[]
}

export interface OperationPage extends ChartedOperation {
  readonly requests: number
  readonly perSecond: PerSecond | null
  readonly failed: number
  readonly errorRate: Ratio | null
  readonly max: Ms | null
  readonly ttft: Ms | null
  /** Of the p95. */
  readonly change?: Change | undefined
}

/** Times of streams: to the first token and to the end. */
export interface Streams {
  readonly names: readonly string[]
  readonly outlines: Outlines
  /** Their percentiles. */
  readonly table: Table
}

export interface Count {
  readonly name: string
  readonly count: number
}

export interface ErrorRow {
  readonly count: number
  readonly what: string
  readonly message: string
  /** `0:12 – 1:58` */
  readonly when: string
  /** When the last one came, on the run's clock. */
  readonly last: Ms
  readonly sample: readonly Fact[]
}

export interface Table {
  readonly title: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
}
