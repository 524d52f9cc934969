import { knownNames } from '../errors/nearest.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { TimesOf } from '../limits/check.ts'
import { PERCENTILES } from '../metrics/distribution.ts'

/** A figure of a distribution of times. */
export type TimeFigure = keyof typeof PERCENTILES | 'mean'

/** A figure that can be compared with its baseline, in the words of the grammar of limits. */
export type Metric =
  | { readonly name: string; readonly of: TimesOf; readonly figure: TimeFigure }
  | { readonly name: 'throughput' | 'tokensPerSecond'; readonly of: undefined }

export const DEFAULT_METRICS: readonly string[] = ['p50', 'p95']

const TIMES: readonly TimesOf[] = [
  'latency',
  'ttfb',
  'ttft',
  'ttfo',
  'ttst',
  'ttct',
  'gap',
  'tpot',
  'stopLatency',
]
const FIGURES: readonly TimeFigure[] = ['p50', 'p75', 'p90', 'p95', 'p99', 'p999', 'mean']
const RATES = ['throughput', 'tokensPerSecond'] as const

const KNOWN: readonly Metric[] = [
  ...TIMES.flatMap((of) =>
    FIGURES.map((figure): Metric => ({
      name: of === 'latency' ? figure : `${of}.${figure}`,
      of,
      figure,
    })),
  ),
  ...RATES.map((name): Metric => ({ name, of: undefined })),
]

/** A share of failures may be 0 in a baseline, and nothing is ten percent more than that. */
const SHARES = ['errorRate', 'successRate', 'goodput']

/** @throws UsageError for a name that is none, or is no figure that a baseline can hold */
export function toMetric(input: unknown, path: string): Metric {
  const found = KNOWN.find(({ name }) => name === input)
  if (found !== undefined) return found
  if (SHARES.some((name) => name === input)) {
    const message = `${path}: ${String(input)} has no baseline, which may be 0: give it a limit, expect(run).toMeet({ ${String(input)}: … })`
    throw UsageError.saying(path, message, input)
  }
  const names = KNOWN.map(({ name }) => name).filter((name) => !name.includes('.'))
  if (typeof input !== 'string') {
    throw new UsageError(path, "the name of a figure like 'p95', 'ttft.p95', 'throughput'", input)
  }
  const all = input.includes('.') ? KNOWN.map(({ name }) => name) : names
  throw UsageError.saying(path, `${path}: ${input} is no figure; ${knownNames(input, all)}`, input)
}

/** Whether a larger figure is the better one. */
export const isRate = ({ of }: Metric): boolean => of === undefined
