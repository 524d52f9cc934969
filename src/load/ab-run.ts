import { readFigure } from '../limits/judge-check.ts'
import type { Figure } from '../limits/check.ts'
import type { RecordingSummary } from '../metrics/summary.ts'
import type { Ms } from '../units/units.ts'
import { changeOf, type ChangeFigures, type FigurePair } from './ab-change.ts'
import type { AbSide } from './ab-order.ts'
import type { AbBlock, AbPair } from './ab-blocks.ts'
import type { LoadShape } from './load-shape.ts'

/** By how much `head` differs from `base` in one figure. */
export interface AbChange extends ChangeFigures {
  /** `undefined` for all requests together. */
  readonly request: string | undefined
  /** `p95`, `mean`, `throughput`, `errorRate`. */
  readonly metric: string
  /** As a reader says it: `p95 latency of chat`. */
  readonly subject: string
}

/** Two targets compared, as plain data. */
export interface AbData {
  readonly kind: 'ab'
  /** Of the test. */
  readonly title: string
  /** What the two are: URLs, names of servers, or of functions. */
  readonly base: string
  readonly head: string
  /** Of a block. */
  readonly shape: LoadShape
  readonly seed: number
  /** `interrupted`: with its test, or with Vitest; what was measured until then is there. */
  readonly ending: 'complete' | 'interrupted'
  /** Wall clock, ISO 8601. */
  readonly startedAt: string
  readonly elapsed: Ms
  /** Of one block, what settles included. */
  readonly blockTime: Ms
  /** Whole pairs of blocks, of so many that were asked for. */
  readonly pairs: number
  readonly asked: number
  readonly blocks: readonly AbBlock[]
  /** Of the usual figures, at 95 %; positive is worse. */
  readonly changes: readonly AbChange[]
  /** Blocks in which the generator was saturated, or the machine busy with others. */
  readonly saturated: number
  readonly hostBusy: number
}

/** The result of `load.compare`: readonly data, and the runs of its blocks. */
export interface AbRun extends AbData {
  /** The runs of each pair of blocks. */
  readonly runs: readonly AbPair[]
}

type Recordings = Readonly<Record<AbSide, RecordingSummary>>

/** Gives a comparison the runs of its blocks; not enumerable, so that it stays plain to JSON. */
export function toAbRun(data: AbData, runs: readonly AbPair[]): AbRun {
  const all = { ...data, runs }
  Object.defineProperty(all, 'runs', { enumerable: false })
  return Object.freeze(all)
}

/** The figures of all pairs that a question is about. */
export function figurePairs(
  pairs: readonly Recordings[],
  asked: { readonly figure: Figure; readonly request: string | undefined },
): readonly FigurePair[] {
  return pairs.map(({ base, head }) => ({
    base: readFigure(asked, base).measured,
    head: readFigure(asked, head).measured,
  }))
}

const CONFIDENCE = 0.95
/** Requests whose p95 is told by itself. */
const MOST_REQUESTS = 20

const percentile = (of: number): Figure => ({ kind: 'percentile', of: 'latency', percentile: of })
const USUAL: readonly Figure[] = [
  percentile(50),
  percentile(95),
  percentile(99),
  { kind: 'mean', of: 'latency' },
  { kind: 'throughput' },
  { kind: 'errorRate' },
]

/** The changes that are shown of every comparison. */
export function usualChanges(pairs: readonly Recordings[]): readonly AbChange[] {
  const whole = USUAL.flatMap((figure) => changesOf(pairs, figure, undefined))
  const names = requestsOfBoth(pairs)
  const single = names.length < 2 ? [] : names.slice(0, MOST_REQUESTS)
  return [...whole, ...single.flatMap((name) => changesOf(pairs, percentile(95), name))]
}

/** The names of requests that occurred on both sides. */
export function requestsOfBoth(pairs: readonly Recordings[]): readonly string[] {
  const of = (side: AbSide): Set<string> =>
    new Set(pairs.flatMap((pair) => pair[side].requests.map(({ name }) => name)))
  const head = of('head')
  return [...of('base')].filter((name) => head.has(name))
}

function changesOf(
  pairs: readonly Recordings[],
  figure: Figure,
  request: string | undefined,
): readonly AbChange[] {
  const found = changeOf(figure, figurePairs(pairs, { figure, request }), CONFIDENCE)
  const [first] = pairs
  if (found === undefined || first === undefined) return []
  const { subject, metric } = readFigure({ figure, request }, first.base)
  return [{ request, metric, subject, ...found }]
}
