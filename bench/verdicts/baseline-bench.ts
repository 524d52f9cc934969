import type { Bench, Row } from '../common/bench.ts'
import { compareTimes, type Comparing } from './compare.ts'
import { ar1, bursty } from './series.ts'

const TIMES = 400
const DRIFT = 0.03
const SLOWER = [0, 0.05, 0.1, 0.2] as const

/** How often a baseline is red: for a service that is what it was, and for one that got slower. */
export const baselines: Bench = {
  name: 'baselines',
  run: async () => ({
    title: 'baselines: 5 runs against 5, tolerance 10 %, 95 %; % of comparisons that are red',
    columns: ['0/5/10/20 %', 'gate'],
    rows: CELLS.map((cell, at) => rowOf(cell, at)),
    notes: [
      `${TIMES} comparisons a figure, seeded; runs differ by ${DRIFT * 100} % whatever their requests say`,
      '0/5/10/20 %: by how much the service got slower; 10 % is the tolerance itself',
      'gate: p95 of one run, more than 10 % above that of another',
      'the number after the name is the correlation of neighbours, the next one the requests of a run',
      '×2, ×4: a baseline that vitest -u has extended to 10 and 20 runs',
    ],
  }),
}

interface Cell extends Comparing {
  readonly label: string
}

const CELLS: readonly Cell[] = [
  ...[ar1, bursty].flatMap((kind) =>
    [0, 0.5, 0.9].flatMap((rho) => [1_000, 4_000].map((count) => cell(kind, rho, count))),
  ),
  cell(ar1, 0.5, 1_000, 2),
  cell(ar1, 0.5, 1_000, 4),
]

function cell(kind: Comparing['service']['kind'], rho: number, count: number, history = 1): Cell {
  const service = { kind, rho, count, drift: DRIFT }
  const label = `${kind.name} ${rho} ${count}${history > 1 ? ` ×${history}` : ''}`
  return { label, service, repeats: 5, history, times: TIMES }
}

function rowOf({ label, ...comparing }: Cell, seed: number): Row {
  const found = SLOWER.map((slower) => compareTimes(comparing, slower, seed))
  const [same, , , slow] = found
  const row = {
    label,
    ours: found.map(({ ours }) => percent(ours)).join('/'),
    peer: found.map(({ gate }) => percent(gate)).join('/'),
  }
  const { rho, count } = comparing.service
  if (same === undefined || slow === undefined || rho > 0.5 || count < 4_000) return row
  return { ...row, target: '≤2, ≥80', met: same.ours <= 0.02 && slow.ours >= 0.8 }
}

const percent = (share: number): string => (share * 100).toFixed(0)
