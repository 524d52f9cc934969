import type { RunRecord } from '../../run-file/run-record.ts'
import { fromRunRecord } from '../../run-file/run-record.ts'
import { percentileAt } from '../percentile-at.ts'
import type {
  Charts,
  ComparedEndpoint,
  ComparedFigure,
  ComparedMetric,
  CurvePoint,
  DumbbellRow,
  Radar,
  TrendLine,
} from './comparison.ts'

/** The data of the charts of one load. */
export const chartsOf = (
  records: readonly (RunRecord | undefined)[],
  whole: ComparedEndpoint,
  endpoints: readonly ComparedEndpoint[],
): Charts => ({
  dumbbell: endpoints.flatMap(dumbbellRow),
  radar: radarOf(whole),
  curves: records.map(curveOf),
  trend: records.length > 2 ? endpoints.flatMap(trendLine) : [],
})

const figureOf = (
  { figures }: ComparedEndpoint,
  metric: ComparedMetric,
): ComparedFigure | undefined => figures.find((figure) => figure.metric === metric)

function dumbbellRow(endpoint: ComparedEndpoint): readonly DumbbellRow[] {
  const { values = [], verdict = 'not comparable' } = figureOf(endpoint, 'p95') ?? {}
  const [base, head] = [values[0], values.at(-1)]
  if (base === undefined || head === undefined) return []
  return [{ name: endpoint.name, base, head, verdict }]
}

/** Beyond twice the first run an axis is cut: one would make all others look alike. */
const MOST = 2

const AXES: readonly (readonly [ComparedMetric, string])[] = [
  ['p50', 'p50'],
  ['p95', 'p95'],
  ['p99', 'p99'],
  ['ttft', 'TTFT p95'],
  ['errorRate', 'failed'],
  ['throughput', 'fewer req/s'],
  ['memory', 'memory'],
  ['cpu', 'CPU'],
]

function radarOf(whole: ComparedEndpoint): Radar {
  const axes = AXES.flatMap(([metric, name]) => {
    const values = figureOf(whole, metric)?.values ?? []
    return values[0] === undefined ? [] : [{ metric, name, values }]
  })
  const runs = (axes[0]?.values ?? []).map((_, run) =>
    axes.map(({ metric, values }) => relative(metric, values[0], values[run])),
  )
  return { axes: axes.map(({ name }) => name), runs, most: MOST }
}

/** Outside is worse: a throughput is turned round. */
function relative(metric: ComparedMetric, base = 0, value?: number): number | undefined {
  if (value === undefined) return undefined
  const [more, less] = metric === 'throughput' ? [base, value] : [value, base]
  if (more === less) return 1
  return less <= 0 ? MOST : Math.min(MOST, more / less)
}

/** Where a curve is drawn: closer to each other towards the tail, where they part. */
const PERCENTILES = [
  1, 5, 10, 20, 30, 40, 50, 60, 70, 75, 80, 85, 90, 92.5, 95, 97, 98, 99, 99.5, 99.9, 100,
]

function curveOf(record: RunRecord | undefined): readonly CurvePoint[] {
  if (record === undefined) return []
  const { latency } = fromRunRecord(record)
  return PERCENTILES.flatMap((percentile) => {
    const value = percentileAt(latency, percentile)
    return value === undefined ? [] : [{ percentile, value }]
  })
}

function trendLine(endpoint: ComparedEndpoint): readonly TrendLine[] {
  const p95 = figureOf(endpoint, 'p95')
  if (p95 === undefined) return []
  const { values, intervals = values.map(() => ({})) } = p95
  return [{ name: endpoint.name, values, intervals }]
}
