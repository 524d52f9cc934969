import { percentileInterval, type PercentileInterval } from '../limits/percentile-intervals.ts'
import { endsText } from '../limits/proof-words.ts'
import type { ErrorGroup } from '../metrics/error-groups.ts'
import { isFailure, type OutcomeKind } from '../metrics/outcome.ts'
import type { CpuSummary } from '../monitors/monitor.ts'
import { formatMs, formatNumber, formatRate } from '../units/format.ts'
import type { Ms, Percentile } from '../units/units.ts'
import type { BenchResultLike } from './bench-result.ts'
import { timedReading, type LatencyReading, type Of } from './latency-reading.ts'
import { isRecording, nounOf, type Operation } from './subjects.ts'
import type { WorstWindow } from './worst-window.ts'

/** `p95`, `p99.9`. */
export const percentileName = (percentile: Percentile): string => `p${percentile}`

/** Under a percentile: counts, the other reading, the other percentiles, the worst window, errors. */
export function percentileLines(
  reading: LatencyReading,
  percentile: Percentile,
  of: Of,
  worst: WorstWindow | undefined,
): readonly string[] {
  const name = percentileName(percentile)
  const other = `${name} ${time(reading.percentile(percentile, of === 'all' ? 'successes' : 'all'))}`
  const same = other === `${name} ${time(reading.percentile(percentile, of))}`
  const note = of === 'all' ? 'infinitely slow' : 'left out'
  const rest = same
    ? ''
    : `; ${of === 'all' ? 'of the successes' : 'counted as infinitely slow'}: ${other}`
  return [
    latencyCounts(reading, `${note}${rest}`),
    spread(reading, percentile, of),
    ...lateLine(reading, of),
    ...droppedLine(reading, of),
    ...worstLine(worst, (score) => `${name} ${formatMs(score)}`),
    ...failureLines(reading.operation),
  ]
}

/** Under a mean or a maximum, which are of the successes. */
export function latencyLines(
  reading: LatencyReading,
  metric: 'mean' | 'max',
  worst: WorstWindow | undefined,
): readonly string[] {
  return [
    latencyCounts(reading, `left out: the ${metric} is of the successes`),
    spread(reading, 50, 'successes'),
    ...worstLine(worst, (score) => `${metric} ${formatMs(score)}`),
    ...failureLines(reading.operation),
  ]
}

/** Under a share of successes or of errors. */
export function shareLines(
  operation: Operation,
  worst: WorstWindow | undefined,
): readonly string[] {
  return [counts(operation), ...worstLine(worst), ...failureLines(operation)]
}

/** Under a throughput. */
export function throughputLines(
  operation: Operation,
  slowest: WorstWindow | undefined,
): readonly string[] {
  return [
    `${counts(operation)}${operation.failed > 0 ? ' (throughput is of the successes)' : ''}`,
    ...worstLine(slowest, (score) => formatRate(-score), 'slowest'),
    ...failureLines(operation),
  ]
}

/** Under the throughput of a benchmark. */
export const benchLines = ({ latency }: BenchResultLike): readonly string[] => [
  `${countOf(latency.samplesCount, 'samples')}: mean ${time(latency.mean)} · p50 ${time(latency.p50)} · p99 ${time(latency.p99)}`,
]

/** Under a rate metric of the suite's own. */
export const rateLines = (hits: number, total: number): readonly string[] => [
  `${formatNumber(hits)} of ${formatNumber(total)}`,
]

/** Under CPU. */
export const cpuLines = ({ samples, peak }: CpuSummary): readonly string[] => [
  `${countOf(samples, 'samples')}: the busiest ${peak === undefined ? '–' : formatNumber(peak)} cores`,
]

const time = (ms: Ms | undefined): string => (ms === undefined ? '–' : formatMs(ms))

/** `1 request`, `1,204 requests`. */
const countOf = (count: number, nouns: string): string =>
  `${formatNumber(count)} ${count === 1 ? nouns.slice(0, -1) : nouns}`

/** `8 requests`, or `4 requests and 4 iterations that failed by themselves`. */
function totalOf(count: number, noun: string, operation: Operation | undefined): string {
  const own = operation !== undefined && isRecording(operation) ? operation.ownFailures : 0
  if (own === 0) return countOf(count, noun)
  return `${countOf(count - own, noun)} and ${countOf(own, 'iterations')} that failed by ${own === 1 ? 'itself' : 'themselves'}`
}

function latencyCounts({ ok, failed, noun, operation }: LatencyReading, note: string): string {
  const total = totalOf(ok + failed, noun, operation)
  return failed === 0 ? total : `${total}, ${formatNumber(failed)} failed (${note})`
}

function counts(operation: Operation): string {
  const { count, failed } = operation
  const total = totalOf(count, nounOf(operation), operation)
  return `${total}, ${failed === 0 ? 'none' : formatNumber(failed)} failed`
}

/** What a percentile counts besides answers and failures. */
function lateLine({ late, noun }: LatencyReading, of: Of): readonly string[] {
  if (late === undefined || of === 'successes') return []
  const what = countOf(late.count, noun)
  return [`${what} cut off at the end after more than ${formatMs(late.limit)}: infinitely slow`]
}

/** Of an open load: arrivals that found every user busy. */
function droppedLine({ values }: LatencyReading, of: Of): readonly string[] {
  if (values === undefined || values.dropped === 0 || of === 'successes') return []
  return [`${formatNumber(values.dropped)} more for arrivals that were dropped: infinitely slow`]
}

/**
 * `p50 120 ms [98, 140] · p90 380 ms · …`, with the interval where the samples give one; with failures in
 * them, the maximum is said to be a success's.
 */
function spread(reading: LatencyReading, percentile: Percentile, of: Of): string {
  const wanted = [...new Set([50, 90, 95, 99, percentile])].toSorted((left, right) => left - right)
  const timed = timedReading(reading, of)
  const known = wanted.flatMap((each) => {
    const value = reading.percentile(each, of)
    if (value === undefined) return []
    const shown = formatMs(value)
    const interval = Number.isFinite(value) ? timed && percentileInterval(timed, each) : undefined
    return [`${percentileName(each)} ${shown} ${intervalBeside(interval, shown)}`.trimEnd()]
  })
  const dropped = reading.values?.dropped ?? 0
  const never = reading.failed + dropped > 0 || reading.late !== undefined
  const max = never && of === 'all' ? 'slowest success' : 'max'
  return [...known, `${max} ${time(reading.max)}`].join(' · ')
}

/** Empty for one that reads like the figure itself. */
function intervalBeside(interval: PercentileInterval | undefined, shown: string): string {
  const { low, high } = interval ?? {}
  const same = [low, high].every((end) => typeof end === 'number' && formatMs(end) === shown)
  return same ? '' : endsText({ low, high }, 'ms', shown)
}

/** `worst second: 12 s in, p95 1.9 s, 3 of 50 failed`. */
function worstLine(
  worst: WorstWindow | undefined,
  figure?: (score: number) => string,
  superlative = 'worst',
): readonly string[] {
  if (worst === undefined) return []
  const { at, width, ok, failed } = worst.window
  const stretch = width === 1_000 ? 'second' : formatMs(width)
  const where = at === 0 ? 'at the start' : `${formatMs(at)} in`
  const share =
    failed === 0 ? [] : [`${formatNumber(failed)} of ${formatNumber(ok + failed)} failed`]
  const said = [where, ...(figure === undefined ? [] : [figure(worst.score)]), ...share]
  return [`${superlative} ${stretch}: ${said.join(', ')}`]
}

/** The commonest error where errors are known (of a run), else how the failures ended. */
export function failureLines(operation: Operation | undefined): readonly string[] {
  if (operation === undefined || operation.failed === 0 || operation.kind === 'window') return []
  const first = isRecording(operation) ? operation.errors[0] : undefined
  if (first !== undefined) return [`commonest error: ${errorLine(first)}`]
  const ends = Object.entries(operation.outcomes).filter(([kind]) => isFailure(kind as OutcomeKind))
  const ranked = ends.toSorted(([, left], [, right]) => right - left)
  return [
    `failures: ${ranked.map(([kind, count]) => `${formatNumber(count)} ${kind}`).join(' · ')}`,
  ]
}

/** `12× POST /chat answered 503`: reasons read on from the name; what a scenario threw does not. */
function errorLine({ count, name, kind, message }: ErrorGroup): string {
  if (name === message) return `${formatNumber(count)}× ${name}`
  const [line = ''] = message.split('\n', 1)
  const said = line.length > 140 ? `${line.slice(0, 139)}…` : line
  return `${formatNumber(count)}× ${name}${kind === 'error' || kind === 'assertion' ? ':' : ''} ${said}`
}
