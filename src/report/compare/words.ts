import { amount } from '../../limits/amount.ts'
import type { VerdictUnit } from '../../limits/verdict.ts'
import { formatNumber } from '../../units/format.ts'
import { counted, figure } from '../figures.ts'
import type {
  ChangeVerdict,
  ComparedEndpoint,
  ComparedFigure,
  ComparedMetric,
  Comparison,
  Obstacle,
} from './comparison.ts'
import { signed } from './rule.ts'

/** What a reader calls a figure. */
export const METRICS: Readonly<Record<ComparedMetric, string>> = {
  p50: 'p50',
  p95: 'p95',
  p99: 'p99',
  ttft: 'TTFT p95',
  errorRate: 'failed',
  throughput: 'req/s',
  memory: 'memory',
  cpu: 'CPU',
}

/** `slower`, `more failures`, `within noise`; empty for what is not judged. */
export function wordOf({ metric, verdict }: Pick<ComparedFigure, 'metric' | 'verdict'>): string {
  if (verdict === undefined) return ''
  if (verdict !== 'worse' && verdict !== 'better') return verdict
  return (WORDS[metric] ?? WORDS.p95 ?? {})[verdict] ?? verdict
}

type Word = { readonly worse?: string; readonly better?: string }

const WORDS: Readonly<Partial<Record<ComparedMetric, Word>>> = {
  p95: { worse: 'slower', better: 'faster' },
  errorRate: { worse: 'more failures', better: 'fewer failures' },
  throughput: { worse: 'fewer', better: 'more' },
}

/** An arrow for a change that is one; never the colour alone. */
export const MARKS: Readonly<Record<ChangeVerdict, string>> = {
  worse: '▲',
  better: '▼',
  'within noise': '=',
  'not comparable': '?',
}

/** `slower: 1 of 3 endpoints`, `within noise: 3 endpoints`: the whole comparison in a few words. */
export function headlineOf(comparison: Comparison): string {
  const { verdict, loads } = comparison
  const endpoints = loads.flatMap((load) => load.endpoints)
  if (verdict === 'not comparable') return `not comparable: ${whyNot(comparison)}`
  if (verdict === 'within noise') return `within noise: ${counted(endpoints.length, 'endpoint')}`
  const of = (which: ChangeVerdict): readonly ComparedEndpoint[] =>
    endpoints.filter((endpoint) => endpoint.verdict === which)
  const [worse, better] = [of('worse'), of('better')]
  const all = counted(endpoints.length, 'endpoint')
  const gains = better.length === 0 ? '' : `, ${formatNumber(better.length)} better`
  if (worse.length > 0) return `${kindOf(worse)}: ${formatNumber(worse.length)} of ${all}${gains}`
  if (verdict === 'worse') return `worse: all requests together${gains}`
  return better.length > 0
    ? `better: ${formatNumber(better.length)} of ${all}`
    : 'better: all requests together'
}

/** What they are worse in: times alone, failures alone, or both. */
function kindOf(worse: readonly ComparedEndpoint[]): string {
  const metrics = worse.flatMap(({ figures }) =>
    figures.filter(({ verdict }) => verdict === 'worse').map(({ metric }) => metric),
  )
  const failing = metrics.includes('errorRate')
  const slower = metrics.some((metric) => metric !== 'errorRate')
  return failing && slower ? 'slower, and more failures' : failing ? 'more failures' : 'slower'
}

function whyNot({ loads, obstacles }: Comparison): string {
  if (loads.length === 0) return 'no load is in both runs'
  const blocking = [...obstacles, ...loads.flatMap((load) => load.obstacles)].find(isBlocking)
  return blocking?.text ?? loads[0]?.endpoints[0]?.why ?? 'too little was measured'
}

const isBlocking = ({ blocks }: Obstacle): boolean => blocks

/** One figure as a row: `GET /orders`, `p95`, `162 ms`, `418 ms`, `+155 %`, `±6 %`, `slower`. */
export interface ComparedRow {
  readonly name: string
  readonly metric: string
  /** Of every run. */
  readonly values: readonly string[]
  readonly change: string
  readonly noise: string
  readonly word: string
  readonly verdict: ChangeVerdict | undefined
  readonly why: string | undefined
}

export const rowOf = (name: string, compared: ComparedFigure): ComparedRow => ({
  name,
  metric: METRICS[compared.metric],
  values: compared.values.map((value) => figure(value, (known) => amount(compared.unit, known))),
  change: figure(compared.change, (change) => changeText(compared.unit, change)),
  noise: compared.noise === undefined ? '' : `±${noiseText(compared.unit, compared.noise)}`,
  word: wordOf(compared),
  verdict: compared.verdict,
  why: compared.why,
})

/** Of a share in points, of everything else in percent. */
const changeText = (unit: VerdictUnit, change: number): string =>
  unit === 'ratio' ? signed(change).replace('%', 'pt') : signed(change)

/** Always a little too wide, never too narrow. */
function noiseText(unit: VerdictUnit, noise: number): string {
  const percents = noise * 100
  const digits = percents < 10 ? 10 : 1
  return `${formatNumber(Math.ceil(percents * digits) / digits)} ${unit === 'ratio' ? 'pt' : '%'}`
}

/** The figures of an endpoint that a short table has: what changed, else its p95. */
export function tellingFigures({ figures }: ComparedEndpoint): readonly ComparedFigure[] {
  const changed = figures.filter(({ verdict }) => verdict === 'worse' || verdict === 'better')
  if (changed.length > 0) return changed
  const p95 = figures.find(({ metric }) => metric === 'p95')
  return p95 === undefined ? [] : [p95]
}
