import type { Verdict } from '../../src/limits/verdict.ts'
import type { Tick } from '../../src/load/tick.ts'

export const verdict = (figures: Partial<Verdict>): Verdict => ({
  subject: 'p95 latency of chat',
  metric: 'p95',
  operator: 'at most',
  limit: 300,
  unit: 'ms',
  measured: 93,
  samples: 100,
  status: 'pass',
  negated: false,
  ...figures,
})

/** A load three minutes into its five. */
export const tick = (figures: Partial<Tick> = {}): Tick => ({
  title: 'shop > sustains 200 users',
  phase: 'steady',
  elapsed: 189_000,
  length: 300_000,
  users: 200,
  count: 30_000,
  failed: 0,
  rate: 210.4,
  p50: 24,
  p95: 93,
  p99: 271,
  verdicts: [],
  over: false,
  ...figures,
})

/** What a tick says of a load that has done nothing yet. */
export const NO_FIGURES = {
  length: undefined,
  count: 0,
  failed: 0,
  rate: undefined,
  p50: undefined,
  p95: undefined,
  p99: undefined,
  verdicts: [],
  over: false,
} satisfies Partial<Tick>
