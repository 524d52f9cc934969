import { proveMean } from '../../src/limits/prove-mean.ts'
import { proveThroughput } from '../../src/limits/prove-rate.ts'
import { provePercentile } from '../../src/limits/prove-percentile.ts'
import type { Proof } from '../../src/limits/proof.ts'
import { mergeHistograms, quantile } from '../../src/stats/histogram.ts'
import { seededRandom, seedOf } from '../../src/stats/random.ts'
import type { Kind } from './series.ts'
import { pacedWindows, windowsOf } from './windows.ts'

/** Where the truth stands: on the limit, or so far on the good or on the bad side of it. */
export const PLACES = {
  'on the limit': 0,
  '3 % better': 0.03,
  '10 % better': 0.1,
  '10 % worse': -0.1,
} as const
export type Place = keyof typeof PLACES

/** How often each verdict was given, and how often a gate on the point estimate passed: 0–1. */
export type Shares = Readonly<Record<'pass' | 'fail' | 'inconclusive' | 'gate', number>>

/** Runs of one minute, all of one kind. */
export interface Cell {
  readonly kind: Kind
  readonly rho: number
  readonly count: number
  readonly runs: number
}

export type Figure = 'p95' | 'mean' | 'throughput'

const CONFIDENCE = 0.95

/** Judges many runs at every place. */
export function simulate(
  cell: Cell,
  figure: Figure,
  seed: number,
): Readonly<Record<Place, Shares>> {
  const tallies = Object.values(PLACES).map(() => newTally())
  for (let run = 0; run < cell.runs; run++) {
    const judge = FIGURES[figure](cell, seedOf(seed, run))
    for (const [at, better] of Object.values(PLACES).entries()) {
      const tally = tallies[at] ?? newTally()
      const { status, gate } = judge(better)
      tally[status] += 1 / cell.runs
      if (gate) tally.gate += 1 / cell.runs
    }
  }
  const shares = Object.keys(PLACES).map((place, at) => [place, tallies[at]])
  return Object.fromEntries(shares) as Record<Place, Shares>
}

const newTally = () => ({ pass: 0, fail: 0, inconclusive: 0, gate: 0 })

interface Judged {
  readonly status: Proof['status']
  readonly gate: boolean
}

/** Makes a run, and judges it against a limit from which the truth is so much better. */
type Judge = (cell: Cell, seed: number) => (better: number) => Judged

const timed = ({ kind, rho, count }: Cell, seed: number) => {
  const timeline = windowsOf(kind.make(seededRandom(seed), count, rho))
  return { timeline, histogram: mergeHistograms(timeline.map(({ latency }) => latency)) }
}

const FIGURES: Readonly<Record<Figure, Judge>> = {
  p95: (cell, seed) => {
    const values = { ...timed(cell, seed), failures: true, never: 0 }
    const measured = quantile(values.histogram, 95) ?? Number.NaN
    return (better) => {
      const limit = cell.kind.p95 / (1 - better)
      const question = { percentile: 95, limit, confidence: CONFIDENCE }
      return judged(provePercentile(values, question), measured <= limit)
    }
  },
  mean: (cell, seed) => {
    const values = timed(cell, seed)
    const measured = values.histogram.sum / values.histogram.count
    return (better) => {
      const limit = cell.kind.mean / (1 - better)
      const question = { operator: 'at most', limit, confidence: CONFIDENCE } as const
      return judged(proveMean(values, question), measured <= limit)
    }
  },
  throughput: ({ kind, rho, count }, seed) => {
    const latencies = kind.make(seededRandom(seed), 2 * count + 50, rho)
    const timeline = pacedWindows(latencies, { mean: kind.mean, perMinute: count })
    const calls = timeline.slice(0, -1).reduce((sum, { ok }) => sum + ok, 0)
    return (better) => {
      const limit = (count / 60) * (1 - better)
      const question = { operator: 'at least', limit, confidence: CONFIDENCE } as const
      return judged(proveThroughput(timeline, question), calls / 60 >= limit)
    }
  },
}

const judged = (proof: Proof | undefined, gate: boolean): Judged => ({
  status: proof?.status ?? 'inconclusive',
  gate,
})
