import type { Tick } from '../load/tick.ts'

/** What the command line asks a run that goes on, through its socket. */
export const PATHS = { status: '/cli/status', stop: '/cli/stop', logs: '/cli/logs' } as const

/** How a run stands; the answer to `status`. */
export interface RunStatus {
  /** The id of the run; absent between two of them, in watch mode. */
  readonly run?: string | undefined
  readonly startedAt: string
  /** The loads that run now, with what they told last; absent before that. */
  readonly loads: readonly StatusLoad[]
  /** Perf tests that have ended, and of those the ones that failed. */
  readonly ended: number
  readonly failed: number
}

export interface StatusLoad {
  readonly title: string
  readonly tick?: Tick | undefined
}

/** The answer to `logs`. */
export interface LogAnswer {
  /** How many lines there have been: what to ask after next. */
  readonly count: number
  readonly lines: readonly string[]
}

/** The answer to `stop`. */
export interface StopAnswer {
  /** The run that ends now; absent when there is none. */
  readonly run?: string | undefined
}
