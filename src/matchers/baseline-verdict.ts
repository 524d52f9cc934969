import type { RunRecord } from '../baseline/baseline-record.ts'
import type { Compared } from '../baseline/judge-baseline.ts'
import { isRate, type Metric } from '../baseline/metric.ts'
import { figureOf } from '../baseline/run-figures.ts'
import type { Proof } from '../limits/proof.ts'
import type { VerdictSettings } from '../limits/verdict-options.ts'
import type { Verdict } from '../limits/verdict.ts'
import { medianOf } from '../stats/shift.ts'
import type { BaselineSettings } from './baseline-options.ts'

/** One figure with what became of it. */
export interface Ruling {
  readonly figure: Compared
  readonly state:
    | 'judged'
    | 'not judged'
    | 'not comparable'
    | 'other load'
    | 'absent'
    | 'new'
    | 'updated'
  readonly why?: string
  /** The user has said that it is so now: `vitest -u`. */
  readonly accepted: boolean
  readonly settings: BaselineSettings
  readonly verdicts: VerdictSettings
}

/** The figures of runs that there is nothing to compare with. */
export const figuresOfRuns = (
  runs: readonly RunRecord[],
  operations: readonly string[],
  metrics: readonly Metric[],
): readonly Compared[] =>
  operations.flatMap((operation) =>
    metrics.map((metric) => ({
      operation,
      metric,
      base: [],
      head: runs.flatMap((run) => {
        const record = run.operations[operation]
        const value = record === undefined ? undefined : figureOf(metric, record)
        return value === undefined ? [] : [value]
      }),
    })),
  )

/** Whether a figure fails its test. What is not surely worse does not, unless it has to be proven. */
export function isMissed({ state, figure, accepted, settings, verdicts }: Ruling): boolean {
  if (accepted) return false
  switch (state) {
    case 'judged': {
      const open = figure.change?.status === 'open'
      return figure.change?.status === 'worse' || (open && verdicts.onInconclusive === 'fail')
    }
    case 'not judged':
    case 'not comparable':
      return settings.requireJudged
    case 'absent':
    case 'other load':
      return true
    case 'new':
    case 'updated':
      return false
    default:
      return state satisfies never
  }
}

/** `p95 latency of chat`, `TTFT p95 of stream`, `throughput of chat`. */
export function subjectOf({ operation, metric }: Compared): string {
  if (metric.of === undefined) {
    return `${metric.name === 'throughput' ? 'throughput' : 'tokens/s'} of ${operation}`
  }
  return `${metric.figure} ${LABELS[metric.of] ?? metric.of} of ${operation}`
}

const LABELS: Readonly<Record<string, string>> = {
  ttfb: 'TTFB',
  ttft: 'TTFT',
  ttfo: 'TTFO',
  ttst: 'TTST',
  ttct: 'TTCT',
  tpot: 'TPOT',
  stopLatency: 'stop latency',
}

/** The verdict for the run file and the summary. */
export function baselineVerdict(
  ruling: Ruling,
  { tolerance }: BaselineSettings,
  { confidence }: VerdictSettings,
): Verdict {
  const { figure, state, why } = ruling
  const { metric, base, head, change } = figure
  const rate = isRate(metric)
  const changed = change?.change
  const proof = state === 'judged' ? proofOf(ruling, confidence) : undefined
  return {
    subject: subjectOf(figure),
    metric: metric.name,
    operator: rate ? 'at least' : 'at most',
    limit: rate ? -tolerance : tolerance,
    unit: 'ratio',
    measured: changed === Infinity ? 'never' : changed,
    samples: head.length,
    status: isMissed(ruling) ? 'fail' : 'pass',
    negated: false,
    ...(why !== undefined && { note: noteOf(state, why) }),
    ...(proof && { proof }),
    baseline: {
      state: state === 'other load' ? 'not comparable' : state,
      unit: rate ? '/s' : 'ms',
      ...(base.length > 0 && { before: median(base) }),
      ...(head.length > 0 && { now: median(head) === Infinity ? 'never' : median(head) }),
      runs: [base.length, head.length],
      ...(change && state === 'judged' && { p: change.p }),
    },
  }
}

/** `not judged: 1 run against 5 …`; that there is no baseline says itself. */
function noteOf(state: Ruling['state'], why: string): string {
  if (state === 'absent') return why
  return `${state === 'other load' ? 'not comparable' : state}: ${why}`
}

const STATUS = { worse: 'fail', within: 'pass', open: 'inconclusive' } as const

function proofOf({ figure }: Ruling, confidence: number): Proof | undefined {
  const { change } = figure
  if (change === undefined) return undefined
  const { low, high, status } = change
  return {
    status: STATUS[status],
    confidence,
    low,
    high: high === Infinity ? 'never' : high,
    counts: 'runs',
  }
}

export const median = (values: readonly number[]): number =>
  medianOf(values.toSorted((left, right) => left - right))
