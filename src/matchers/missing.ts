import type { CpuSummary, MemorySummary } from '../monitors/monitor.ts'
import { formatNumber } from '../units/format.ts'
import type { Percentile } from '../units/units.ts'
import { failureLines } from './evidence.ts'
import type { LatencyReading, Of } from './latency-reading.ts'
import { nounOf, type Operation } from './subjects.ts'

/** Why there is no latency to judge. */
export function describeMissingLatency(
  { label, operation, ...reading }: LatencyReading,
  of: Of,
): string {
  if (operation !== undefined) return describeMissingOperations(operation, label, of)
  if (of === 'successes' && reading.failed > 0) {
    return `${label} has no samples: none of its ${formatNumber(reading.failed)} operations succeeded`
  }
  return `${label} has no samples: ${nothingRecorded(label)}`
}

/** What a distribution is of stands at the start of its label. */
function nothingRecorded(label: string): string {
  if (label.startsWith('TTFO of ')) return 'no stream with text to read was recorded under it'
  if (label.startsWith('service time of ')) return 'only an open load has it, load({ rate })'
  const stream = /^(?:TTFT|TTFO|TTST|TTCT|TPOT|gap|tokens\/s) of /.test(label)
  return stream ? 'no stream was recorded under it' : 'nothing was recorded under it'
}

/** Why an operation has no figure. */
export function describeMissingOperations(
  operation: Operation,
  figure: string,
  of: Of = 'all',
): string {
  const { count, failed, aborted } = operation
  const noun = nounOf(operation)
  const missing = `${figure} has no samples:`
  if (of === 'successes' && failed > 0) {
    return [
      `${missing} none of its ${formatNumber(failed)} ${noun} succeeded`,
      ...failureLines(operation),
    ].join('; ')
  }
  if (count > 0) return `${missing} the judged time was 0 ms long`
  if (aborted === 0) return `${missing} no ${noun.slice(0, -1)} completed`
  return `${missing} all ${formatNumber(aborted)} ${noun} were cut off by the end of the run`
}

/** Why a percentile of a benchmark is not known. */
export const describeUnknownPercentile = (label: string, percentile: Percentile): string =>
  `p${percentile} ${label} is not known: the result does not state it and kept no samples. ` +
  'Measure with `measure`, or run the benchmark with `{ retainSamples: true }`'

/** Why memory or CPU has no figure. */
export function describeMissingMonitor(
  figure: string,
  { samples, ...summary }: MemorySummary | CpuSummary,
): string {
  if (samples === 1) return `${figure} has one sample only: it takes two`
  const problem =
    'problem' in summary && summary.problem !== undefined ? summary.problem : undefined
  const why = problem ?? 'no process was watched. Set `server` in perf(), or use monitor(pid)'
  return `${figure} has no samples: ${why}`
}

/** Why a figure without a story has no value. */
export const describeMissing = (figure: string): string =>
  `${figure} has no samples: ${nothingRecorded(figure)}`
