import { judgeBaseline } from '../../src/baseline/judge-baseline.ts'
import { keepRuns } from '../../src/baseline/keep-runs.ts'
import { toMetric } from '../../src/baseline/metric.ts'
import type { Baseline } from '../../src/baseline/baseline-record.ts'
import { figureOf } from '../../src/baseline/run-figures.ts'
import { seededRandom, seedOf } from '../../src/stats/random.ts'
import { runsOf, type Service } from './runs.ts'

/** One run of the suite against another, many times over. */
export interface Comparing {
  readonly service: Omit<Service, 'slower'>
  readonly repeats: number
  /** How often a baseline has been extended by `-u` before: each adds its repeats. */
  readonly history?: number
  readonly metrics?: readonly string[]
  readonly times: number
}

/** How often a comparison was red, and how often a gate on one run's p95 was: 0–1. */
export interface Red {
  readonly ours: number
  readonly gate: number
}

const MACHINE = 'a machine'
const LOAD = { model: 'closed', users: 1, rampUp: 0, warmUp: 0, duration: 60_000 } as const
const QUESTION = { tolerance: 0.1, confidence: 0.95 }
const P95 = toMetric('p95', 'p95')

/** Judges a service against its baseline, with the code that `toMatchBaseline` judges with. */
export function compareTimes(comparing: Comparing, slower: number, seed: number): Red {
  const { service, repeats, history = 1, metrics = ['p50', 'p95'], times } = comparing
  const asked = { ...QUESTION, machine: MACHINE, operations: ['all requests'] }
  const figures = metrics.map((name) => toMetric(name, 'metrics'))
  const load = { ...LOAD, iterations: undefined }
  let [red, gate] = [0, 0]
  for (let time = 0; time < times; time++) {
    const random = seededRandom(seedOf(seed, time))
    let baseline: Baseline | undefined
    for (let before = 0; before < history; before++) {
      const runs = runsOf({ ...service, slower: 0 }, random, repeats)
      const judgement = judgeBaseline(baseline, { ...asked, load, runs, metrics: figures })
      baseline = keepRuns(baseline, MACHINE, { load, runs }, judgement).baseline
    }
    const head = runsOf({ ...service, slower }, random, repeats)
    const found = judgeBaseline(baseline, { ...asked, load, runs: head, metrics: figures })
    if (found.kind !== 'compared') throw new Error(`not compared: ${found.kind}`)
    if (found.figures.some(({ change }) => change?.status === 'worse')) red++
    const [first, last] = [baseline?.[MACHINE]?.runs[0], head[0]].map((run) =>
      figureOf(P95, run?.operations['all requests'] ?? { times: {} }),
    )
    if ((last ?? 0) > (first ?? 0) * (1 + QUESTION.tolerance)) gate++
  }
  return { ours: red / times, gate: gate / times }
}
