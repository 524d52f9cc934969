import { isOf, type Share } from '../data/share.ts'
import type { Ms, PerSecond } from '../units/units.ts'
import { seededRandom, seedOf } from '../stats/random.ts'

/** A stretch over which the rate goes evenly from one value to another. */
export interface RateStretch {
  readonly from: PerSecond
  readonly to: PerSecond
  readonly duration: Ms
}

/** How arrivals lie: at even distances, or by chance, as those of people who know nothing of each other. */
export type ArrivalKind = 'even' | 'poisson'

/** The arrivals that an open load asks for. */
export interface ArrivalPlan {
  readonly stretches: readonly RateStretch[]
  readonly arrivals: ArrivalKind
}

/** How long all stretches take. */
export const durationOf = (stretches: readonly RateStretch[]): Ms =>
  stretches.reduce((sum, { duration }) => sum + duration, 0)

/** How many arrivals a stretch asks for: the area under its rate. */
export const areaOf = ({ from, to, duration }: RateStretch): number =>
  ((from + to) / 2) * (duration / 1_000)

/** The highest rate that occurs. */
export const peakOf = (stretches: readonly RateStretch[]): PerSecond =>
  Math.max(0, ...stretches.flatMap(({ from, to }) => [from, to]))

/**
 * When each arrival is to start, in ms from the start of the load, in order. With Λ(t) the area under
 * the rate until t, arrival i lies where Λ(t) = i (the first at once), or, of a Poisson process, where
 * Λ(t) is the sum of i + 1 exponential gaps of mean 1. Every time is worked out by itself from the
 * start of its stretch, so nothing drifts. The same seed gives the same times.
 */
export function* arrivalsOf(
  { stretches, arrivals }: ArrivalPlan,
  seed: number,
): Generator<Ms, undefined> {
  const areas = arrivals === 'even' ? whole() : exponentialSums(seed)
  let area = areas.next().value
  let before = 0
  let start: Ms = 0
  for (const stretch of stretches) {
    const after = before + areaOf(stretch)
    for (; area < after - ROUNDING; area = areas.next().value) {
      yield start + timeInto(stretch, area - before)
    }
    before = after
    start += stretch.duration
  }
  return undefined
}

/** The arrivals of one generator of several. */
export function everyOf(times: Iterator<Ms, undefined>, share: Share): Iterator<Ms, undefined> {
  if (share.of === 1) return times
  let number = -1
  return {
    next: () => {
      for (;;) {
        const next = times.next()
        number++
        if (next.done === true || isOf(number, share)) return next
      }
    },
  }
}

/** An arrival that lies on the very end belongs to what comes after, whatever the sums were rounded to. */
const ROUNDING = 1e-7

/**
 * When, from the start of a stretch, so much area lies under its rate: from·t + slope·t²/2 = area,
 * solved in the form that also holds for a slope, or a rate, of 0.
 */
function timeInto({ from, to, duration }: RateStretch, area: number): Ms {
  if (area <= 0) return 0
  const seconds = duration / 1_000
  const slope = (to - from) / seconds
  const root = Math.sqrt(Math.max(0, from * from + 2 * slope * area))
  return Math.min(((2 * area) / (from + root)) * 1_000, duration)
}

function* whole(): Generator<number, never> {
  for (let count = 0; ; count++) yield count
}

function* exponentialSums(seed: number): Generator<number, never> {
  // Users draw from the seeds of 0 and above.
  const random = seededRandom(seedOf(seed, -2))
  let sum = 0
  for (;;) {
    sum -= Math.log(1 - random())
    yield sum
  }
}
