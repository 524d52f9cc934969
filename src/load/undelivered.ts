import { LATE } from '../metrics/arrivals.ts'
import { formatMs, formatNumber, formatRatio } from '../units/format.ts'
import type { Ms, Ratio } from '../units/units.ts'
import type { LoadRun } from './load-run.ts'
import type { ClosedShape } from './load-shape.ts'
import { changesByHand } from './was-steered.ts'

/** Of its arrivals, or of its users, a load must have started at least this share. */
const LEAST_DELIVERED: Ratio = 0.95

/** Of the time that users were to wait, the generator may add at most this share. */
const MOST_LATE: Ratio = 0.05

/** Waits that last less than this together are too few to say how late they end. */
const LEAST_WAITS: Ms = 1_000

/**
 * Generators may start so far apart, and know the common time so badly: half a window. Beyond it what lies
 * in one second of one lies in another second of the others.
 */
const MOST_APART: Ms = 500

/**
 * A load that was not delivered as it was asked for. What was is in `run` and in the run file, but no
 * limit can be judged by it: the iterations that are missing may be the slow ones.
 */
export class UndeliveredError extends Error {
  override readonly name = 'UndeliveredError'
  readonly run: LoadRun

  constructor(run: LoadRun, why: string) {
    super(`the load was not delivered: ${why}`)
    this.run = run
  }
}

/**
 * A load that was steered by hand is delivered as it was steered.
 *
 * @throws UndeliveredError when its own deadline ended the load, when too many arrivals were dropped,
 *   when too few users came to work, when the generator kept them waiting longer than they should, or when
 *   one of several generators was lost or out of step
 */
export function assertDelivered(run: LoadRun): LoadRun {
  const lost = tooFewGenerators(run) ?? tooFarApart(run)
  if (lost !== undefined) throw new UndeliveredError(run, lost)
  // Whoever changes a load asks for another one as it runs.
  if (changesByHand(run).length > 0) return run
  const why = tooFewArrivals(run) ?? tooLong(run) ?? tooFewUsers(run) ?? tooLate(run)
  if (why === undefined) return run
  throw new UndeliveredError(run, why)
}

function tooFewGenerators({ generators = [] }: LoadRun): string | undefined {
  const lost = generators.filter((each) => each.lost !== undefined)
  if (lost.length === 0) return undefined
  const each = lost.map(
    ({ number, lost: why }) => `generator ${number} of ${generators.length}: ${why}`,
  )
  return `${each.join('; ')}. What it sent is in no figure`
}

function tooFarApart({ generators = [] }: LoadRun): string | undefined {
  for (const { number, late = 0, clock } of generators) {
    const who = `generator ${number} of ${generators.length}`
    if (late > MOST_APART) {
      return `${who} began ${formatMs(late)} after the others (at most ${formatMs(MOST_APART)}). ${REMEDY}`
    }
    if (clock !== undefined && clock.uncertainty > MOST_APART) {
      return (
        `the clock of ${who} is known to ${formatMs(clock.uncertainty)} only (at most ` +
        `${formatMs(MOST_APART)}): bring it nearer to the rendezvous`
      )
    }
  }
  return undefined
}

function tooLong({ ending, shape, iterations, elapsed }: LoadRun): string | undefined {
  if (ending !== 'deadline') return undefined
  const { count, aborted } = iterations
  const asked = (shape.model === 'closed' ? askedOf(shape) : undefined) ?? count
  return (
    `${count} of ${asked} iterations had ended after ${formatMs(elapsed)}, ` +
    `${aborted} were cut off. Allow more with maxDuration, use more users, or find out what is slow`
  )
}

const askedOf = ({ users, iterations, iterationsPerUser }: ClosedShape): number | undefined =>
  iterations ?? (iterationsPerUser === undefined ? undefined : users * iterationsPerUser)

function tooFewArrivals({ shape, arrivals }: LoadRun): string | undefined {
  if (arrivals === undefined || arrivals.started >= LEAST_DELIVERED * arrivals.intended) {
    return undefined
  }
  const { intended, started, dropped } = arrivals
  return (
    `${formatNumber(started)} of ${formatNumber(intended)} arrivals (${formatRatio(started / intended)}) ` +
    `were started, ${formatNumber(dropped)} dropped, since all of ${formatNumber(shape.users)} users were busy. ` +
    'Find out what is slow, ask for a lower rate, or allow more with maxUsers'
  )
}

/**
 * Users of a closed load start by timers, which come late when the generator is busy. Where iterations
 * are shared, the first users may have taken all of them.
 */
function tooFewUsers({ ending, shape, generator }: LoadRun): string | undefined {
  const { asked, reached } = generator.users
  if (ending !== 'complete' || shape.model !== 'closed' || askedOf(shape) !== undefined) {
    return undefined
  }
  if (reached >= LEAST_DELIVERED * asked) return undefined
  return (
    `${formatNumber(reached)} of ${formatNumber(asked)} users were at work by the end of the judged time, ` +
    `the generator was too busy to start more${because(generator)}. ${REMEDY}`
  )
}

/**
 * A timer knows whole milliseconds and fires behind whatever runs, so that a pause of 10 ms that ends
 * after 11 is no finding: only waits that end more than 10 ms late count, each in full. And only when the
 * generator itself was saturated: what a busy machine does to a few timers is reported, and is no failure.
 */
function tooLate({ ending, generator }: LoadRun): string | undefined {
  const { planned, late } = generator.waits
  if (ending !== 'complete' || !generator.saturated || planned < LEAST_WAITS) return undefined
  if (late <= MOST_LATE * planned) return undefined
  return (
    `users were to wait ${formatMs(planned)} in all (think time, pacing, pauses) and waited ` +
    `${formatMs(late)} longer (${formatRatio(late / planned)}; ends up to ${formatMs(LATE)} late are not ` +
    `counted), so that they asked for less than they should have. The generator was saturated` +
    `${because(generator)}. ${REMEDY}`
  )
}

const because = ({ reasons }: LoadRun['generator']): string =>
  reasons.length === 0 ? '' : ` (${reasons.join(', ')})`

const REMEDY = 'Use fewer users, do less in the scenario, or generate from a faster machine'
