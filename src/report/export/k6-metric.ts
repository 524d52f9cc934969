import type { Distribution } from '../../metrics/distribution.ts'
import type { MetricFigures } from '../../metrics/metric-store.ts'
import type { Ms } from '../../units/units.ts'

/** A metric as k6 hands it to `handleSummary`. */
export interface K6Metric {
  readonly type: 'counter' | 'gauge' | 'rate' | 'trend'
  readonly contains: 'default' | 'time' | 'data'
  readonly values: Readonly<Record<string, number>>
  readonly thresholds?: Readonly<Record<string, { readonly ok: boolean }>>
}

/** What is said of every trend, in k6's words. */
export const TREND_STATS = ['avg', 'min', 'med', 'max', 'p(90)', 'p(95)', 'p(99)', 'count'] as const

/** `undefined` where nothing was measured: k6 leaves out a metric without values, too. */
export function trend(of: Distribution): K6Metric | undefined {
  const { count, mean, min, p50, max, p90, p95, p99 } = of
  const known = { avg: mean, min, med: p50, max, 'p(90)': p90, 'p(95)': p95, 'p(99)': p99, count }
  const values = Object.entries(known).filter(([, value]) => value !== undefined)
  if (count === 0) return undefined
  return { type: 'trend', contains: 'time', values: Object.fromEntries(values) as Values }
}

type Values = Readonly<Record<string, number>>

export const counter = (count: number, duration: Ms): K6Metric => ({
  type: 'counter',
  contains: 'default',
  values: { count, rate: duration > 0 ? (count / duration) * 1_000 : 0 },
})

export const gauge = (value: number, min = value, max = value): K6Metric => ({
  type: 'gauge',
  contains: 'default',
  values: { value, min, max },
})

/** k6 counts what is true under `passes`, be that failed requests. */
export const rate = (passes: number, of: number): K6Metric => ({
  type: 'rate',
  contains: 'default',
  values: { rate: of === 0 ? 0 : passes / of, passes, fails: of - passes },
})

/** A metric of the suite's own. */
export function ownMetric(metric: MetricFigures, duration: Ms): K6Metric | undefined {
  switch (metric.kind) {
    case 'timing':
      return trend(metric.values)
    case 'counter':
      return counter(metric.total, duration)
    case 'gauge':
      return gauge(metric.last, metric.min, metric.max)
    case 'rate':
      return rate(metric.hits, metric.total)
    default:
      return metric satisfies never
  }
}
