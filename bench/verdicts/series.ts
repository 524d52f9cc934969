import type { Random } from '../../src/stats/random.ts'

/** Latencies that depend on each other, of which the true percentiles and the mean are known. */
export interface Kind {
  readonly name: string
  /** `count` latencies in ms; neighbours correlate with `rho`. */
  make(random: Random, count: number, rho: number): readonly number[]
  readonly p95: number
  readonly mean: number
}

/** A standard normal value, by Box and Muller's method. */
export const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

/** The normal distribution's 95 % quantile. */
const Z95 = 1.6448536269514722

const MEDIAN = 100
const SPREAD = 0.6

/** Log-normal latencies whose logarithms are an autoregressive series of order one. */
export const ar1: Kind = {
  name: 'ar1',
  make: (random, count, rho) => {
    const fresh = Math.sqrt(1 - rho * rho)
    let state = normal(random)
    return Array.from({ length: count }, () => {
      const value = MEDIAN * Math.exp(SPREAD * state)
      state = rho * state + fresh * normal(random)
      return value
    })
  },
  p95: MEDIAN * Math.exp(SPREAD * Z95),
  mean: MEDIAN * Math.exp(SPREAD ** 2 / 2),
}

const DRIFT = 0.03

/**
 * The same on a machine that is not as fast in every run: by 3 % (one deviation) slower or faster. The truth is
 * that of all runs together, which one run cannot know.
 */
export const drifting: Kind = {
  ...ar1,
  name: 'drift',
  make: (random, count, rho) => {
    const slower = Math.exp(DRIFT * normal(random))
    return ar1.make(random, count, rho).map((each) => each * slower)
  },
}

const SLOW_SHARE = 0.1
const SLOW_TIMES = 3
/** The density at the p95 is then that of `ar1`, so that 10 % off the limit is as hard to see. */
const NARROW = 0.232

/**
 * A service that is three times as slow in bursts, a tenth of its time; whether it is slow correlates with
 * `rho` from one latency to the next.
 */
export const bursty: Kind = {
  name: 'bursty',
  make: (random, count, rho) => {
    let slow = random() < SLOW_SHARE
    return Array.from({ length: count }, () => {
      const value = MEDIAN * (slow ? SLOW_TIMES : 1) * Math.exp(NARROW * normal(random))
      if (random() >= rho) slow = random() < SLOW_SHARE
      return value
    })
  },
  // Half of the slow ones; none of the others reaches so far (4.7 deviations).
  p95: MEDIAN * SLOW_TIMES,
  mean: MEDIAN * Math.exp(NARROW ** 2 / 2) * (1 + SLOW_SHARE * (SLOW_TIMES - 1)),
}
