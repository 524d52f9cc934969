import type { Tally } from '../metrics/recorded.ts'
import { formatMs, formatRatio } from '../units/format.ts'
import type { Ms, Ratio } from '../units/units.ts'
import type { AbortPlan } from './abort-option.ts'

/** A stretch over which too much failed. */
export interface Breakdown {
  /** The share that failed. */
  readonly errorRate: Ratio
  /** How long it went on, at least the `for` of the option. */
  readonly over: Ms
}

/** `34 % of requests failed over 10 s, limit 10 %` */
export const describeBreakdown = ({ errorRate, over }: Breakdown, plan: AbortPlan): string =>
  `${formatRatio(errorRate)} of requests failed over ${formatMs(over)}, limit ${formatRatio(plan.errorRate)}`

interface Look {
  readonly at: Ms
  readonly count: number
  readonly failed: number
}

/** So few operations say nothing: one failure of two, at the start, is no broken service. */
const LEAST_OF_A_PIECE = 20

/** How often to look: ten times in the time that is asked for, but every second is enough. */
export const lookEvery = (plan: AbortPlan): Ms => Math.min(1_000, Math.max(20, plan.for / 10))

/**
 * Decides, look by look, whether a load is to be aborted. The time before a look is cut into pieces of
 * at least 20 completed operations each, from the newest back, until they are as long as was asked for.
 * In each of them the share of failures must be above the rate: a service that was well for a while is
 * not broken. Time in which nothing completed says neither; fewer than 20 operations never abort.
 */
export class AbortWatch {
  readonly #plan: AbortPlan
  readonly #looks: Look[] = []

  constructor(plan: AbortPlan) {
    this.#plan = plan
  }

  /** @param tally of all that completed since the start */
  look(at: Ms, { count, failed }: Tally): Breakdown | undefined {
    const [before, last] = this.#looks.slice(-2)
    // The first of an idle time and the last of it are enough, and before the first answer only the last.
    if (count === 0) this.#looks.length = 0
    else if (before?.count === count && last?.count === count) this.#looks.pop()
    const now = { at, count, failed }
    this.#looks.push(now)
    return this.#judge(now)
  }

  #judge(now: Look): Breakdown | undefined {
    let end = now
    for (let at = this.#looks.length - 2; at >= 0; at--) {
      const begin = this.#looks[at] as Look
      if (end.count - begin.count < LEAST_OF_A_PIECE) continue
      if (shareOf(begin, end) <= this.#plan.errorRate) {
        // What came before a piece that went well is never asked for again.
        this.#looks.splice(0, at)
        return undefined
      }
      end = begin
      const over = now.at - begin.at
      if (over >= this.#plan.for) return { errorRate: shareOf(begin, now), over }
    }
    return undefined
  }
}

const shareOf = (begin: Look, end: Look): Ratio =>
  (end.failed - begin.failed) / (end.count - begin.count)
