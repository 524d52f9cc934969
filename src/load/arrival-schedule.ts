import { WHOLE, type Share } from '../data/share.ts'
import type { Ms, PerSecond } from '../units/units.ts'
import { seededRandom, seedOf } from '../stats/random.ts'
import { after, before } from './stretches.ts'

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
 *
 * Of several generators each has its share of them, at the times that they have for one alone.
 */
export class ArrivalTimes {
  /** Of the next arrival, counted from 0 over those of all generators. */
  number = -1
  readonly #areas: Iterator<number, never>
  readonly #apart: number
  /** Of the next arrival. */
  #area = 0
  /** What is followed since when, and the area under what was before. */
  #line: readonly RateStretch[]
  #since: Ms = 0
  #sinceArea = 0
  /** The stretch at hand, where it begins, and the area before it. */
  #at = 0
  #start: Ms = 0
  #before = 0

  constructor({ stretches, arrivals }: ArrivalPlan, seed: number, share: Share = WHOLE) {
    this.#areas = arrivals === 'even' ? whole() : exponentialSums(seed)
    this.#apart = share.of
    this.#skip(share.index + 1)
    this.#line = stretches
  }

  /** The time of the next arrival; `undefined` when none is to come. */
  get next(): Ms | undefined {
    for (;;) {
      const stretch = this.#line[this.#at]
      if (stretch === undefined) return undefined
      const after = this.#before + areaOf(stretch)
      if (this.#area < after - ROUNDING) {
        return this.#start + timeInto(stretch, this.#area - this.#before)
      }
      this.#before = after
      this.#start += stretch.duration
      this.#at++
    }
  }

  /** The next one has come. */
  taken(): void {
    this.#skip(this.#apart)
  }

  /** From a time on the rate goes another way, as this line has it there. */
  follow(line: readonly RateStretch[], at: Ms): void {
    const past = before(this.#line, at - this.#since)
    this.#sinceArea += past.reduce((sum, stretch) => sum + areaOf(stretch), 0)
    this.#since = at
    this.#line = after(line, at)
    this.#at = 0
    this.#start = at
    this.#before = this.#sinceArea
  }

  /** Those of other generators come between. */
  #skip(count: number): void {
    this.number += count
    for (let left = count; left > 0; left--) this.#area = this.#areas.next().value
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
