import { formatMs, formatNumber, formatRatio } from '../units/format.ts'
import type { Ratio } from '../units/units.ts'
import type { LoadRun } from './load-run.ts'
import type { ClosedShape } from './load-shape.ts'

/** An open load must have started at least this share of its arrivals. */
const LEAST_DELIVERED: Ratio = 0.95

/**
 * A load that was not delivered as it was asked for. What was is in `run` and in the run file, but no
 * limit can be judged by it: the iterations that are missing may be the slow ones.
 */
export class UndeliveredError extends Error {
  override readonly name = 'UndeliveredError'
  readonly run: LoadRun

  constructor(run: LoadRun) {
    super(`the load was not delivered: ${starved(run) ? tooFewArrivals(run) : tooLong(run)}`)
    this.run = run
  }
}

/** @throws UndeliveredError when its own deadline ended the load, or too many arrivals were dropped */
export function assertDelivered(run: LoadRun): LoadRun {
  if (run.ending === 'deadline' || starved(run)) throw new UndeliveredError(run)
  return run
}

const starved = ({ arrivals }: LoadRun): boolean =>
  arrivals !== undefined && arrivals.started < LEAST_DELIVERED * arrivals.intended

function tooLong({ shape, iterations, elapsed }: LoadRun): string {
  const { count, aborted } = iterations
  const asked = (shape.model === 'closed' ? askedOf(shape) : undefined) ?? count
  return (
    `${count} of ${asked} iterations had ended after ${formatMs(elapsed)}, ` +
    `${aborted} were cut off. Allow more with maxDuration, use more users, or find out what is slow`
  )
}

const askedOf = ({ users, iterations, iterationsPerUser }: ClosedShape): number | undefined =>
  iterations ?? (iterationsPerUser === undefined ? undefined : users * iterationsPerUser)

function tooFewArrivals({ shape, arrivals }: LoadRun): string {
  const { intended, started, dropped } = arrivals ?? { intended: 0, started: 0, dropped: 0 }
  return (
    `${formatNumber(started)} of ${formatNumber(intended)} arrivals (${formatRatio(started / intended)}) ` +
    `were started, ${formatNumber(dropped)} dropped, since all of ${formatNumber(shape.users)} users were busy. ` +
    'Find out what is slow, ask for a lower rate, or allow more with maxUsers'
  )
}
