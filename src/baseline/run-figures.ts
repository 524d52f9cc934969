import type { TimesOf } from '../limits/check.ts'
import { PERCENTILES, type Distribution } from '../metrics/distribution.ts'
import type { OperationSummary } from '../metrics/summary.ts'
import { quantile } from '../stats/histogram.ts'
import { coarseShape, type CoarseShape } from './coarse-shape.ts'
import type { Metric, TimeFigure } from './metric.ts'

/** Times of one operation in one run. A percentile that never came, for failures, is absent. */
export interface TimesRecord extends Partial<Readonly<Record<TimeFigure, number>>> {
  /** Values, and what never gave one: failures and dropped arrivals. */
  readonly count: number
  readonly never?: number
  readonly shape: CoarseShape
}

/** What one run says of one operation. */
export interface OperationRecord {
  readonly throughput?: number
  readonly tokensPerSecond?: number
  readonly times: Readonly<Partial<Record<TimesOf, TimesRecord>>>
}

/** The figures of an operation: its latency and throughput always, and the times that are asked for. */
export function operationRecord(
  operation: OperationSummary,
  metrics: readonly Metric[],
): OperationRecord {
  const asked = new Set<TimesOf>(['latency', ...metrics.flatMap(({ of }) => of ?? [])])
  const { throughput, tokens } = operation
  const times = [...asked].flatMap((of) => {
    const record = timesRecord(operation[of])
    return record === undefined ? [] : [[of, record] as const]
  })
  return {
    ...(throughput.mean !== undefined && { throughput: short(throughput.mean) }),
    ...(tokens?.perSecond !== undefined && { tokensPerSecond: short(tokens.perSecond) }),
    times: Object.fromEntries(times),
  }
}

function timesRecord({ count, failed, dropped, mean, histogram }: Distribution) {
  const never = failed + dropped
  if (count + never === 0) return undefined
  const known = Object.entries(PERCENTILES).flatMap(([name, percentile]) => {
    const value = quantile(histogram, percentile, never)
    return value === undefined || value === Infinity ? [] : [[name, short(value)] as const]
  })
  return {
    count,
    ...(never > 0 && { never }),
    ...(mean !== undefined && { mean: short(mean) }),
    ...(Object.fromEntries(known) as Partial<Record<TimeFigure, number>>),
    shape: coarseShape(histogram),
  }
}

/** Four digits are more than a run is good for, and keep a line short. */
const short = (value: number): number => Number(value.toPrecision(4))

/**
 * A figure of a run: `Infinity` for a percentile that failures have made endless, `undefined` for what
 * the run does not know.
 */
export function figureOf(metric: Metric, record: OperationRecord): number | undefined {
  if (metric.of === undefined) return record[metric.name]
  const times = record.times[metric.of]
  if (times === undefined) return undefined
  const found = times[metric.figure]
  return found ?? ((times.never ?? 0) > 0 ? Infinity : undefined)
}
