import { judgeChange, type FigurePair } from '../../src/load/ab-change.ts'
import { blockOrder } from '../../src/load/ab-order.ts'
import { Histogram, quantile } from '../../src/stats/histogram.ts'
import { seededRandom, seedOf, type Random } from '../../src/stats/random.ts'
import { ar1, normal } from './series.ts'

/** How the speed of the machine wanders while two services are compared. */
export interface Drift {
  readonly name: string
  /** The factor of each block, by when it begins (s): standard deviation `size`. */
  factors(random: Random, times: readonly number[], size: number): readonly number[]
}

/** Anew in each block, which pairs cannot take out. */
export const jumping: Drift = {
  name: 'jumps',
  factors: (random, times, size) => times.map(() => Math.exp(size * normal(random))),
}

/** By and by: what it is now has half gone after 20 s. */
export const wandering: Drift = {
  name: 'wanders',
  factors: (random, times, size) => {
    let [state, before] = [normal(random), times[0] ?? 0]
    return times.map((time) => {
      const kept = 0.5 ** ((time - before) / 20)
      state = kept * state + Math.sqrt(1 - kept * kept) * normal(random)
      before = time
      return Math.exp(size * state)
    })
  },
}

/** Two services at so many requests per second, in blocks. */
export interface Setting {
  readonly drift: Drift
  readonly size: number
  /** Correlation of one request with the next. */
  readonly rho: number
  readonly perSecond: number
  readonly seconds: number
  /** Length of a block (s), and of what is left out at its start. */
  readonly block: number
  readonly settle: number
}

/** A question to many comparisons: how often does it find that `head` is slower by more than this? */
export interface Question {
  /** The truth: 0.1 is 10 % slower. */
  readonly slowdown: number
  readonly tolerance: number
}

/** Shares of comparisons: 0–1. */
export interface Found {
  /** Surely slower by more than is tolerated. */
  readonly slower: number
  /** Surely not. */
  readonly within: number
  /** What two runs of half the time, one after the other, say by their p95. */
  readonly gate: number
  /** The smallest change that a comparison says it would have found: the mean. */
  readonly detectable: number
}

const CONFIDENCE = 0.95
const P95 = { kind: 'percentile', of: 'latency', percentile: 95 } as const

/** Compares two services again and again, and asks of the same blocks as if one were so much slower. */
export function compareOften(
  setting: Setting,
  questions: readonly Question[],
  { runs, seed = 1 }: { readonly runs: number; readonly seed?: number },
): readonly Found[] {
  const all = questions.map(() => ({ slower: 0, within: 0, gate: 0, detectable: 0 }))
  for (let run = 0; run < runs; run++) {
    const random = seededRandom(seedOf(seed, run))
    const pairs = measurePairs(setting, random)
    const ratio = gateRatio(setting, random)
    for (const [at, { slowdown, tolerance }] of questions.entries()) {
      const slowed = pairs.map(({ base, head = 0 }) => ({ base, head: head * (1 + slowdown) }))
      const judged = judgeChange(P95, slowed, { tolerance, confidence: CONFIDENCE })
      const found = all[at]
      if (judged === undefined || found === undefined) throw new Error('too few pairs')
      if (judged.p <= 1 - CONFIDENCE) found.slower++
      if (judged.within <= 1 - CONFIDENCE) found.within++
      if (ratio * (1 + slowdown) > 1 + tolerance) found.gate++
      found.detectable += judged.detectable ?? Infinity
    }
  }
  return all.map(({ slower, within, gate, detectable }) => ({
    slower: slower / runs,
    within: within / runs,
    gate: gate / runs,
    detectable: detectable / runs,
  }))
}

/** The p95 of each block, as a comparison measures it. */
function measurePairs(setting: Setting, random: Random): readonly FigurePair[] {
  const { perSecond, seconds, block, settle, rho } = setting
  const count = Math.floor(seconds / block / 2)
  const order = blockOrder(count, random.int(0, 1e9))
  const factors = setting.drift.factors(
    random,
    order.map((_, at) => at * block),
    setting.size,
  )
  const values = factors.map(
    (factor) => p95Of(random, Math.round(perSecond * (block - settle)), rho) * factor,
  )
  return Array.from({ length: count }, (_, pair): FigurePair => {
    const first = values[2 * pair] ?? 0
    const second = values[2 * pair + 1] ?? 0
    return order[2 * pair] === 'base'
      ? { base: first, head: second }
      : { base: second, head: first }
  })
}

/** The ratio of one run to another: each has the drift of its day. */
function gateRatio({ perSecond, seconds, rho, size }: Setting, random: Random): number {
  const runOf = (): number =>
    p95Of(random, Math.round((perSecond * seconds) / 2), rho) * Math.exp(size * normal(random))
  return runOf() / runOf()
}

function p95Of(random: Random, count: number, rho: number): number {
  const histogram = new Histogram()
  for (const each of ar1.make(random, count, rho)) histogram.record(each)
  return quantile(histogram.data(), 95) ?? 0
}
