import type { ReportPage } from '../report/page/report-page.ts'
import type { PhaseName } from '../load/phases.ts'
import type { SteerCommand, SteerTarget } from '../load/steering.ts'
import type { Ms, PerSecond, Ratio } from '../units/units.ts'

/**
 * What the dashboard shows, as plain JSON. It is made of the run as it is kept so far, by the very code that
 * makes the report: the page works nothing out. The server sends it whole on connect, and then what
 * changed of it, see `Delta`.
 */
export interface LivePage {
  readonly kind: 'dashboard'
  /** Of the run; empty before the first one of a watcher. */
  readonly id: string
  readonly state: LiveState
  /**
   * The tests with all their loads so far, as the report has them, those under way included; marks are where
   * somebody steered. Absent before the first run.
   */
  readonly report?: ReportPage | undefined
  /** The loads under way, the oldest first. */
  readonly loads: readonly LiveLoad[]
  /** The last lines of the services under test, colours taken out. */
  readonly log: readonly string[]
  /** Where perf tests can be started: in watch mode. */
  readonly start?: Start | undefined
  /** What is worth telling beside the page: that the last start was refused. */
  readonly notes: readonly string[]
}

/**
 * `waiting`: no perf test has run yet, as in watch mode. `running`: one does. `ended`: the last run is over.
 * `replay`: a run that is kept, which nobody can steer.
 */
export type LiveState = 'waiting' | 'running' | 'ended' | 'replay'

/** A load under way. */
export interface LiveLoad {
  /** What `POST /steer` calls it. */
  readonly id: string
  /** Its places in `report.tests` and in the `loads` of that test; absent before its first second is over. */
  readonly test?: number | undefined
  readonly load?: number | undefined
  readonly title: string
  readonly phase: PhaseName
  /** Where several loads are one work: `block 7 of 60, head`. */
  readonly part?: string | undefined
  readonly elapsed: Ms
  /** By its plan; absent when iterations end it. */
  readonly length?: Ms | undefined
  readonly users: number
  /** All that completed, and of those the failed ones. */
  readonly count: number
  readonly failed: number
  /** Of the last second. */
  readonly rate?: PerSecond | undefined
  readonly p50?: Ms | undefined
  readonly p95?: Ms | undefined
  readonly p99?: Ms | undefined
  /** How its limits stand in the judged time so far: `['fail', 'p95 latency of chat', '388 ms', 'limit 300 ms']`. */
  readonly verdicts: readonly LiveVerdict[]
  readonly note?: string | undefined
  /** What it takes. */
  readonly controls: readonly Control[]
  /** Why it takes no more than that. */
  readonly onlyStop?: string | undefined
  /** Users that are to be at work, or iterations that are to start in a second: by its plan at most, and now. */
  readonly planned?: SteerTarget | undefined
  readonly asked?: SteerTarget | undefined
  /** It was steered by hand: its figures are of no plan. */
  readonly steered: boolean
  /** The endpoints of the last 10 s, the busiest first. */
  readonly recent: readonly RecentEndpoint[]
}

export interface LiveVerdict {
  readonly status: 'pass' | 'fail' | 'inconclusive'
  readonly subject: string
  readonly measured: string
  readonly limit: string
}

export type Control = SteerCommand['kind']

export interface RecentEndpoint {
  readonly name: string
  readonly perSecond: PerSecond
  readonly errorRate: Ratio | null
  readonly p50: Ms | null
  readonly p95: Ms | null
  readonly p99: Ms | null
}

export interface Start {
  /** One runs: another cannot be started. */
  readonly busy: boolean
  readonly tests: readonly StartableTest[]
}

export interface StartableTest {
  /** What `POST /start` calls it. */
  readonly id: string
  readonly file: string
  /** Absent where the tests of a file are not known yet: all of it is started. */
  readonly name?: string | undefined
}
