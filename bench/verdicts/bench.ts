import type { Bench, Row } from '../common/bench.ts'
import { abRows } from './ab-rows.ts'
import { ar1, bursty, drifting, type Kind } from './series.ts'
import { PLACES, simulate, type Cell, type Figure, type Place, type Shares } from './simulate.ts'

/** What is simulated: runs of a row (the standard error of 5 % is 0.34 points over 4,000, 0.7 over 1,000). */
interface Table {
  readonly figure: Figure
  readonly runs: number
  readonly kinds: readonly Kind[]
  readonly counts: readonly number[]
}

const TABLES: readonly Table[] = [
  { figure: 'p95', runs: 4_000, kinds: [ar1, bursty], counts: [100, 1_000, 10_000] },
  { figure: 'p95', runs: 4_000, kinds: [ar1, bursty], counts: [10] },
  { figure: 'p95', runs: 1_000, kinds: [drifting], counts: [1_000, 10_000] },
  { figure: 'extended', runs: 1_000, kinds: [ar1, bursty], counts: [1_000] },
  { figure: 'errors', runs: 1_000, kinds: [ar1, bursty], counts: [100, 1_000, 10_000] },
  { figure: 'mean', runs: 1_000, kinds: [ar1, bursty], counts: [100, 1_000, 10_000] },
  { figure: 'throughput', runs: 1_000, kinds: [ar1, bursty], counts: [100, 1_000, 10_000] },
]

/** How often verdicts are wrong, and how often open, where the truth is known. */
export const verdicts: Bench = {
  name: 'verdicts',
  run: async () => ({
    title: 'verdicts: limits judged at 95 %, % of runs of one minute',
    columns: ['pass/fail/?', 'gate P/F'],
    rows: [
      ...TABLES.flatMap((table) =>
        cells(table).flatMap((cell, at) => rowsOf(cell, table.figure, at)),
      ),
      ...abRows(),
    ],
    notes: [
      '4,000 runs a row of p95, 1,000 of the others and of drift, seeded',
      '?: inconclusive; gate: the point estimate against the limit',
      'the number after the name is the correlation of neighbours, the next one the requests',
      'ar1: log-normal, autoregressive; bursty: three times as slow for a tenth of the time',
      'drift: ar1, each run 3 % (one deviation) slower or faster than the truth of all runs',
      'extended: looked at after 1, 2 and 4 minutes until it is decided, 98.3 % each',
      'errors: one in twenty, as clumped as slow answers; throughput: of one user who calls again and again',
      'ab: p95 of two targets by turns, two minutes of blocks of 2 s at 500/s, drift of 3 %',
      'ab, gate: two runs of a minute, one after the other, and their p95 compared',
    ],
  }),
}

const cells = ({ kinds, counts, runs }: Table): readonly Cell[] =>
  kinds.flatMap((kind) =>
    [0, 0.5, 0.9].flatMap((rho) => counts.map((count) => ({ kind, rho, count, runs }))),
  )

function rowsOf(cell: Cell, figure: Figure, seed: number): Row[] {
  const shares = simulate(cell, figure, seed)
  const { kind, rho, count } = cell
  const name = `${SHORT[figure]} ${kind.name} ${rho} ${count}`
  return (Object.keys(PLACES) as Place[]).map((place) => {
    const { pass, fail, inconclusive, gate } = shares[place]
    const row = {
      label: place === 'on the limit' ? name : `  ${place}`,
      ours: [pass, fail, inconclusive].map(percent).join('/'),
      peer: [gate, 1 - gate].map(percent).join('/'),
    }
    const target = promised(cell, figure)
      ? targetOf({ ...cell, figure }, place, shares[place])
      : undefined
    return { ...row, ...target }
  })
}

const SHORT: Readonly<Record<Figure, string>> = {
  p95: 'p95',
  extended: 'ext.',
  errors: 'err.',
  mean: 'mean',
  throughput: '/s',
}

const percent = (share: number): string => Math.abs(share * 100).toFixed(share < 0.0995 ? 1 : 0)

/** Of one run on a machine that drifts, nothing can be: what it says is of that run. */
const promised = ({ kind }: Cell, figure: Figure): boolean =>
  kind !== drifting && (figure === 'p95' || figure === 'extended' || figure === 'errors')

/** What is promised of a p95: wrong verdicts where the truth is on the limit, open ones 10 % off it. */
function targetOf(
  { rho, count, figure }: Cell & { readonly figure: Figure },
  place: Place,
  { pass, fail, inconclusive }: Shares,
): Pick<Row, 'target' | 'met'> | undefined {
  if (place === 'on the limit') {
    const most = rho > 0.5 ? 0.08 : 0.055
    return { target: `≤${percent(most)} each`, met: Math.max(pass, fail) <= most }
  }
  const open = place === '10 % better' && figure === 'p95' ? mostOpen(rho, count) : undefined
  return open === undefined
    ? undefined
    : { target: `?≤${percent(open)}`, met: inconclusive <= open }
}

function mostOpen(rho: number, count: number): number | undefined {
  if (count === 1_000) return rho === 0 ? 0.4 : undefined
  if (count === 10_000) return rho > 0.5 ? 0.25 : 0.02
  return undefined
}
