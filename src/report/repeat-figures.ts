import type { RunData } from '../load/load-run.ts'
import { formatMs, formatNumber, formatRate } from '../units/format.ts'
import { figure } from './figures.ts'

/** Runs of a load that was repeated, in one line: `p95 of the 5 runs  120 ms, 118 ms, …`. */
export function repeatsOf({ repeats = [] }: RunData): string | undefined {
  if (repeats.length < 2) return undefined
  const [p50, p95, rate] = [
    repeats.map(({ latency }) => latency.p50),
    repeats.map(({ latency }) => latency.p95),
    repeats.map(({ throughput }) => throughput.mean),
  ]
  const parts = [
    `p50 ${between(p50, formatMs)}`,
    `p95 ${between(p95, formatMs)}`,
    between(rate, formatRate),
  ]
  return `${formatNumber(repeats.length)} runs: ${parts.join(' · ')}`
}

/** `118 … 131 ms`: the least and the most. */
function between(values: readonly (number | undefined)[], format: (value: number) => string) {
  const known = values.filter((value) => value !== undefined)
  if (known.length === 0) return figure(undefined, format)
  return `${format(Math.min(...known))} … ${format(Math.max(...known))}`
}
