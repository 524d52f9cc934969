import { formatBytes, formatMs, formatNumber, formatRate, formatRatio } from '../../units/format.ts'
import type { Ms } from '../../units/units.ts'
import { figure } from '../figures.ts'
import { changeOf } from './change.ts'
import type { Load } from './operations.ts'
import type { Values } from './charted.ts'
import type { Kpi, OperationPage } from './report-page.ts'

/** The figures that a reader looks for first. */
export function kpisOf(load: Load, whole: OperationPage, baseline: Load | undefined): Kpi[] {
  const { run } = load
  const { percentiles = {}, ok = [], failed = [], tokens = [] } = whole.course ?? {}
  const bare = run.requests.length === 0
  const count = bare ? run.iterations.count : run.count - run.ownFailures
  return [
    { label: bare ? 'Iterations' : 'Requests', value: formatNumber(count), course: [] },
    { label: 'Succeeded', value: figure(run.throughput.mean, formatRate), course: ok },
    ...(['p50', 'p95', 'p99'] as const).map((name) =>
      time(name, load, baseline, percentiles[name] ?? []),
    ),
    { label: 'Failed', value: figure(run.errorRate, formatRatio), course: failed },
    ...streamKpis(load, baseline, tokens),
    ...memoryKpi(load),
  ]
}

function time(
  name: 'p50' | 'p95' | 'p99',
  { run, record }: Load,
  baseline: Load | undefined,
  course: Values,
): Kpi {
  const change =
    baseline &&
    changeOf(
      { value: run.latency[name], interval: record.whole.intervals?.[name] },
      { value: baseline.run.latency[name], interval: baseline.record.whole.intervals?.[name] },
    )
  return { label: name, value: figure(run.latency[name], formatMs), course, change }
}

function streamKpis({ run }: Load, baseline: Load | undefined, tokens: Values): Kpi[] {
  const { ttft } = run
  const change = baseline && changeOf({ value: ttft.p95 }, { value: baseline.run.ttft.p95 })
  const first: Kpi = {
    label: 'TTFT p95',
    value: figure<Ms>(ttft.p95, formatMs),
    course: [],
    change,
  }
  const rate = run.tokens?.perSecond
  return [
    ...(ttft.count + ttft.failed === 0 ? [] : [first]),
    ...(rate === undefined ? [] : [{ label: 'Tokens', value: formatRate(rate), course: tokens }]),
  ]
}

function memoryKpi({ run: { memory } }: Load): Kpi[] {
  if (memory.samples === 0) return []
  const course = memory.series.map(({ value }) => value)
  return [{ label: 'Memory', value: figure(memory.end, formatBytes), course }]
}
