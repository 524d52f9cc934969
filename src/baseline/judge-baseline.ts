import type { LoadShape } from '../load/load-shape.ts'
import { formatRatio } from '../units/format.ts'
import type { Baseline, MachineBaseline, RunRecord } from './baseline-record.ts'
import { canTell, compareRuns, leastRepeats, type Change, type Question } from './compare-runs.ts'
import { isRate, type Metric } from './metric.ts'
import { figureOf } from './run-figures.ts'
import { shapeDifference } from './shape-difference.ts'

/** What is to be compared: the figures of some operations in the runs of a load. */
export interface Asked extends Question {
  readonly machine: string
  readonly load: LoadShape
  readonly runs: readonly RunRecord[]
  readonly operations: readonly string[]
  readonly metrics: readonly Metric[]
}

/** One figure beside its baseline. */
export interface Compared {
  readonly operation: string
  readonly metric: Metric
  readonly base: readonly number[]
  readonly head: readonly number[]
  /** Absent where nothing can be said. */
  readonly change?: Change
  /** Why it is reported and not judged; absent when it is judged. */
  readonly unjudged?: string
}

/** What became of a comparison. */
export type Judgement =
  | { readonly kind: 'absent' }
  /** Of another kind of machine. */
  | { readonly kind: 'machine'; readonly why: string }
  /** Of another load. */
  | { readonly kind: 'load'; readonly why: string }
  | { readonly kind: 'compared'; readonly figures: readonly Compared[]; readonly from: RunRecord[] }

/** Holds the runs against what is known of them. */
export function judgeBaseline(baseline: Baseline | undefined, asked: Asked): Judgement {
  if (baseline === undefined || Object.keys(baseline).length === 0) return { kind: 'absent' }
  const known = baseline[asked.machine]
  if (known === undefined) {
    return { kind: 'machine', why: otherMachine(Object.keys(baseline), asked.machine) }
  }
  const difference = shapeDifference(known.load, asked.load)
  if (difference !== undefined) {
    return { kind: 'load', why: `the baseline is of another load: ${difference}` }
  }
  return { kind: 'compared', figures: compareAll(known, asked), from: [...known.runs] }
}

/** `the baseline is of another machine: AMD EPYC 7763 × 4 → Apple M3 × 8`. */
function otherMachine(known: readonly string[], machine: string): string {
  const [only = ''] = known
  if (known.length > 1)
    return `the baseline is of ${known.length} other machines, none is ${machine}`
  const [before, now] = [only.split(', '), machine.split(', ')]
  const was = before.filter((part) => !now.includes(part)).join(', ')
  const is = now.filter((part) => !before.includes(part)).join(', ')
  return `the baseline is of another machine: ${was} → ${is}`
}

function compareAll(known: MachineBaseline, asked: Asked): Compared[] {
  const figures = asked.operations.flatMap((operation) =>
    asked.metrics.map((metric): Compared => {
      const base = valuesOf(known.runs, operation, metric)
      const head = valuesOf(asked.runs, operation, metric)
      const unjudged = whyNone(base, head)
      return { operation, metric, base, head, ...(unjudged !== undefined && { unjudged }) }
    }),
  )
  const able = figures.filter(({ unjudged }) => unjudged === undefined)
  const sides = able.map(({ base, head, metric }) => ({ base, head, rate: isRate(metric) }))
  const changes = compareRuns(sides, asked)
  return figures.map((figure) => {
    const at = able.indexOf(figure)
    const change = changes[at]
    if (change === undefined) return figure
    const few = whyFew(figure, able.length, asked)
    return { ...figure, change, ...(few !== undefined && { unjudged: few }) }
  })
}

/** One value of each run that has it. */
const valuesOf = (runs: readonly RunRecord[], operation: string, metric: Metric): number[] =>
  runs.flatMap(({ operations }) => {
    const record = operations[operation]
    const value = record === undefined ? undefined : figureOf(metric, record)
    return value === undefined ? [] : [value]
  })

function whyNone(base: readonly number[], head: readonly number[]): string | undefined {
  if (head.length === 0) return 'not measured in this run'
  return base.length === 0 ? 'not in the baseline' : undefined
}

/** Why runs cannot tell: so few of them are often in this order by chance. */
function whyFew(
  { base, head }: Compared,
  comparisons: number,
  { confidence }: Asked,
): string | undefined {
  if (canTell(base.length, head.length, comparisons, confidence)) return undefined
  const why = `${runsOf(head.length)} against ${base.length} cannot tell at ${formatRatio(confidence)}`
  const needs = leastRepeats(base.length, comparisons, confidence)
  const even = evenRepeats(comparisons, confidence)
  if (needs !== undefined && needs <= even) return `${why}: load({ repeats: ${needs} })`
  return head.length >= even
    ? `${why}: add runs to the baseline with vitest -u`
    : `${why}: load({ repeats: ${even} }), and add those to the baseline with vitest -u`
}

/** The least number of repeats that is enough on both sides. */
const evenRepeats = (comparisons: number, confidence: number): number =>
  Array.from({ length: 28 }, (_, at) => at + 1).find((runs) =>
    canTell(runs, runs, comparisons, confidence),
  ) ?? 28

const runsOf = (count: number): string => `${count} ${count === 1 ? 'run' : 'runs'}`
