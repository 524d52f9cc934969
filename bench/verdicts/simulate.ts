import { proveMean } from '../../src/limits/prove-mean.ts'
import { proveThroughput } from '../../src/limits/prove-rate.ts'
import { provePercentile } from '../../src/limits/prove-percentile.ts'
import { proveErrorRate } from '../../src/limits/prove-share.ts'
import type { Proof } from '../../src/limits/proof.ts'
import { countAbove, mergeHistograms, quantile } from '../../src/stats/histogram.ts'
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

/** `extended`: a p95 that is looked at after one, two and four minutes, until it is decided. */
export type Figure = 'p95' | 'extended' | 'errors' | 'mean' | 'throughput'

const CONFIDENCE = 0.95
/** Minutes after which a load that may be extended is looked at. */
const LOOKS = [1, 2, 4]

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
  extended: (cell, seed) => {
    const { kind, rho, count } = cell
    const most = LOOKS.at(-1) ?? 1
    const latencies = kind.make(seededRandom(seed), most * count, rho)
    const timeline = windowsOf(latencies, most * 60)
    return (better) => {
      const limit = kind.p95 / (1 - better)
      const question = { percentile: 95, limit, confidence: 1 - (1 - CONFIDENCE) / LOOKS.length }
      for (const minutes of LOOKS) {
        const seen = timeline.slice(0, minutes * 60)
        const histogram = mergeHistograms(seen.map(({ latency }) => latency))
        const values = { histogram, timeline: seen, failures: true, never: 0 }
        const proof = provePercentile(values, question)
        const gate = (quantile(histogram, 95) ?? Number.NaN) <= limit
        if (minutes === most || proof?.status !== 'inconclusive') return judged(proof, gate)
      }
      return judged(undefined, false)
    }
  },
  errors: ({ kind, rho, count }, seed) => {
    // What is slower than the p95 fails: one in twenty.
    const latencies = kind.make(seededRandom(seed), count, rho)
    const timeline = windowsOf(latencies).map((window) => {
      const failed = countAbove(window.latency, kind.p95)
      return { ...window, failed, ok: window.ok - failed }
    })
    const failed = timeline.reduce((sum, window) => sum + window.failed, 0)
    return (better) => {
      const allowed = 0.05 / (1 - better)
      const proof = proveErrorRate(timeline, { allowed, confidence: CONFIDENCE })
      return judged(proof, failed / count <= allowed)
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
