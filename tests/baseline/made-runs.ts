import type { MachineBaseline, RunRecord } from '../../src/baseline/baseline-record.ts'
import type { LoadShape } from '../../src/load/load-shape.ts'

export const LOAD: LoadShape = {
  model: 'closed',
  users: 5,
  rampUp: 0,
  warmUp: 0,
  duration: 2_000,
  iterations: undefined,
}

/** Runs of which these are the p95 of `chat`, their p50 half of it. */
export const runs = (...p95: number[]): RunRecord[] =>
  p95.map((each, at) => ({
    at: `2026-01-31T09:05:0${at % 10}.000Z`,
    by: 'vitest-perf 1.2.3, Node 24.21.0',
    operations: {
      chat: {
        throughput: 50,
        times: {
          latency: { count: 100, mean: each / 2, p50: each / 2, p95: each, shape: [90, 60, 40] },
        },
      },
    },
  }))

export const machineBaseline = (...p95: number[]): MachineBaseline => ({
  load: LOAD,
  runs: runs(...p95),
})
