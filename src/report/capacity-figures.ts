import { amount } from '../limits/amount.ts'
import type { CapacityRecord } from '../run-file/search-records.ts'
import { formatMs, formatNumber, formatRate, formatRatio } from '../units/format.ts'
import { cleanText } from './clean-text.ts'
import { counted, figure } from './figures.ts'

export const CURVE_HEAD = ['load', 'met', 'rate', 'at once', 'p50', 'p95', 'p99', 'failed']

/** All runs at one load as the columns of a table. */
export interface CurveRow {
  readonly cells: readonly string[]
  readonly met: 'all' | 'some' | 'none'
}

type CapacityOf = Pick<CapacityRecord, 'of'>

const loadText = ({ of }: CapacityOf, load: number): string =>
  amount(of === 'users' ? 'users' : '/s', load)

/** `capacity 104/s [102, 106]`, or how far the search came. */
export function capacityText(capacity: CapacityRecord): string {
  const { lower, upper, ending } = capacity
  if (lower === 0) return `no load was sustained, from ${loadText(capacity, capacity.from)} on`
  if (upper === undefined || ending === 'to' || ending === 'generator') {
    return `at least ${loadText(capacity, lower)}`
  }
  return `between ${loadText(capacity, lower)} and ${loadText(capacity, upper)}`
}

/** `16 runs of 10 s · 4m 3s · seed 43`. */
export const capacityFacts = ({ trials, step, elapsed, seed }: CapacityRecord): string =>
  [`${counted(trials.length, 'run')} of ${formatMs(step)}`, formatMs(elapsed), `seed ${seed}`].join(
    ' · ',
  )

const ENDINGS: Readonly<Record<CapacityRecord['ending'], string | undefined>> = {
  found: undefined,
  to: 'the most that was to be tried was met',
  from: 'the least that was to be tried was missed',
  generator: 'the generator was saturated, the service may sustain more',
  unsettled: 'runs at the same load went on to differ',
  interrupted: 'interrupted, this is what it had found',
}

export const capacityWarnings = ({ ending }: CapacityRecord): readonly string[] =>
  ENDINGS[ending] === undefined ? [] : [ENDINGS[ending]]

/** What the interval rests on, what was missed above it, where the bend is. */
export function capacityLines(capacity: CapacityRecord): readonly string[] {
  const { confidence, upper, trials, knee, law } = capacity
  const missed = trials.findLast(({ load, outcome }) => load === upper && outcome === 'missed')
  const sure = [
    ...(capacity.lower > 0 ? [`lower end ${formatRatio(confidence.lower)}`] : []),
    ...(upper === undefined ? [] : [`upper end ${formatRatio(confidence.upper)}`]),
  ]
  return [
    ...(sure.length === 0 ? [] : [`sure: ${sure.join(', ')}`]),
    ...(missed?.reason === undefined || upper === undefined
      ? []
      : [`${loadText(capacity, upper)} missed: ${cleanText(missed.reason)}`]),
    ...(knee === undefined
      ? []
      : [`knee (most throughput for its time) ${loadText(capacity, knee)}`]),
    ...(law === undefined ? [] : lawLines(law)),
  ]
}

function lawLines({
  sigma,
  kappa,
  peak,
  fit,
}: NonNullable<CapacityRecord['law']>): readonly string[] {
  const figures = `σ ${formatNumber(sigma)}, κ ${formatNumber(kappa)}`
  return [
    `scalability law ${figures}, explains ${formatRatio(Math.max(0, fit))}`,
    ...(peak === undefined
      ? []
      : [
          `by it the most is ${formatRate(peak.throughput)} with ${formatNumber(peak.load)} at once`,
        ]),
  ]
}

/** The curve, from the least load to the most. */
export const curveRows = (capacity: CapacityRecord): readonly CurveRow[] =>
  capacity.curve.map((point) => ({
    met: point.met === point.runs ? 'all' : point.met === 0 ? 'none' : 'some',
    cells: [
      loadText(capacity, point.load),
      `${point.met}/${point.runs}`,
      formatRate(point.throughput),
      formatNumber(point.inFlight),
      figure(point.p50, formatMs),
      figure(point.p95, formatMs),
      figure(point.p99, formatMs),
      figure(point.errorRate, formatRatio),
    ],
  }))
