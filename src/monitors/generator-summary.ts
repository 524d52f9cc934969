import type { Ms } from '../units/units.ts'
import type { GeneratorWatched } from './generator-watch.ts'
import type { Health } from './generator-health.ts'

/**
 * What became of all iterations or all requests of the judged time:
 * `intended = ok + failed + aborted + dropped + unfinished`.
 */
export interface Accounting {
  readonly intended: number
  readonly ok: number
  readonly failed: number
  /** Given up by the test itself, or cut off by the end of the run. */
  readonly aborted: number
  /** Of an open load: never begun, since every user was busy. */
  readonly dropped: number
  /** Left behind: scenarios that went on although they were cut off. */
  readonly unfinished: number
}

/** How late, of so many. */
export interface Lateness {
  readonly count: number
  readonly p50?: Ms | undefined
  readonly p99?: Ms | undefined
  readonly max?: Ms | undefined
}

/** Whether the generator was fast enough for its load, and what speaks for that, as plain data. */
export interface GeneratorSummary extends GeneratorWatched, Health {
  readonly kind: 'generator'
  /** Of an open load: how late iterations began. Of a closed one: how late users came back from a wait. */
  readonly lag: Lateness
  /** Waits of users, `pause` among them: their planned time, and that of it by which they were late. */
  readonly waits: {
    readonly planned: Ms
    /** Of those that ended more than 10 ms late. */
    readonly late: Ms
  }
  /** Connections that a call had to wait for, and how long they took to open. */
  readonly opened: Lateness
  /**
   * Virtual users at work: the most that were asked for (of stages: for a second or longer; of an open
   * load: allowed), and the most that there were in the judged time.
   */
  readonly users: { readonly asked: number; readonly reached: number }
  /**
   * How many operations were under way on average: the time of all that began in the judged time,
   * added up, by the judged time. It is L = λ · W.
   * @see Little, A Proof for the Queuing Formula L = λW (1961)
   */
  readonly inFlight?: number | undefined
  readonly iterations: Accounting
  readonly requests: Accounting
}
