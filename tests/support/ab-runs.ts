import type { AbPair } from '../../src/load/ab-blocks.ts'
import { toAbRun, usualChanges, type AbData, type AbRun } from '../../src/load/ab-run.ts'
import type { CapacityTrial, RateCapacity } from '../../src/load/capacity.ts'
import { curveOf, kneeOf, lawOf } from '../../src/load/capacity-curve.ts'
import type { LoadRun } from '../../src/load/load-run.ts'
import { recordedRun } from './recorded.ts'

/** How a block of one side went: the latency of all its calls, and how many of 20 fail. */
interface Block {
  readonly took: number
  readonly failed?: number
}

const runOf = ({ took, failed = 0 }: Block): LoadRun =>
  recordedRun([
    { name: 'chat', times: 20 - failed, took },
    { name: 'chat', times: failed, took, outcome: 'status', message: 'answered 503' },
    { name: 'history', times: 20, took: took / 2 },
  ])

/** A comparison of which every block is known. */
export function abOf(
  pairs: readonly { readonly base: Block; readonly head: Block }[],
  more: Partial<AbData> = {},
): AbRun {
  const runs = pairs.map(({ base, head }): AbPair => ({ base: runOf(base), head: runOf(head) }))
  const blocks = runs.flatMap((pair, at) =>
    (['base', 'head'] as const).map((side, second) => ({
      side,
      at: (2 * at + second) * 2_000,
      count: pair[side].count,
      failed: pair[side].failed,
      p50: pair[side].latency.p50,
      p95: pair[side].latency.p95,
      throughput: pair[side].throughput.mean,
    })),
  )
  const data: AbData = {
    kind: 'ab',
    title: 'chat > the new one is not slower',
    base: 'http://127.0.0.1:8080',
    head: 'http://127.0.0.1:8081',
    shape: {
      model: 'closed',
      users: 10,
      rampUp: 0,
      warmUp: 200,
      duration: 1_800,
      iterations: undefined,
    },
    seed: 43,
    ending: 'complete',
    startedAt: '2026-01-31T09:05:07.000Z',
    elapsed: 44_000,
    blockTime: 2_000,
    pairs: runs.length,
    asked: runs.length,
    blocks,
    changes: usualChanges(runs),
    saturated: 0,
    hostBusy: 0,
    ...more,
  }
  return toAbRun(data, runs)
}

/** Ten pairs that wander a little, head so many times as slow as base. */
export const abPairs = (slower: number, wander = 0.01): { base: Block; head: Block }[] =>
  Array.from({ length: 10 }, (_, at) => ({
    base: { took: 100 * (1 + wander * (at % 4)) },
    head: { took: 100 * slower * (1 + wander * ((at + 2) % 5)) },
  }))

const trial = (load: number, met: boolean, more: Partial<CapacityTrial> = {}): CapacityTrial => ({
  load,
  stage: 'climb',
  outcome: met ? 'met' : 'missed',
  ...(!met && { reason: 'p95 latency of chat 412 ms, limit 300 ms' }),
  at: 0,
  throughput: Math.min(load, 102),
  inFlight: Math.min(load, 102) / 20 + (load > 102 ? load / 5 : 0),
  time: load > 102 ? 250 : 50,
  p50: 48,
  p95: met ? 90 : 412,
  p99: met ? 120 : 470,
  errorRate: 0,
  ...more,
})

/** What a search found, of runs that are made up. */
export function capacityOf(more: Partial<RateCapacity> = {}): RateCapacity {
  const low = Array.from({ length: 5 }, () => trial(99.31, true))
  const high = Array.from({ length: 5 }, () => trial(103.7, false))
  const climb = [20, 40, 80].map((load) => trial(load, true))
  const trials = more.trials ?? [...climb, trial(160, false), ...low, ...high]
  const curve = curveOf(trials)
  return {
    kind: 'capacity',
    of: 'rate',
    title: 'chat > what it can do',
    seed: 43,
    startedAt: '2026-01-31T09:05:07.000Z',
    elapsed: 243_000,
    slo: { p95: '300ms' },
    from: 20,
    to: 1_000,
    within: 0.05,
    step: 10_000,
    ending: 'found',
    value: 101.48,
    lower: 99.31,
    upper: 103.7,
    confidence: { lower: 1 - 0.5 ** 5, upper: 1 - 0.5 ** 5 },
    trials,
    curve,
    knee: kneeOf(curve),
    law: lawOf(curve, 'rate'),
    ...more,
  }
}
