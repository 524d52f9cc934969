import type { MatcherState } from 'vitest'
import type { VerdictOptions } from '../limits/verdict-options.ts'
import type { Comparison } from '../limits/verdict.ts'
import type { CheckSummary } from '../metrics/checks.ts'
import type { MetricFigures } from '../metrics/metric-store.ts'
import { toPerSecond, toRatio } from '../units/parse.ts'
import type { RateInput, Ratio, RatioInput } from '../units/units.ts'
import type { BenchResultLike } from './bench-result.ts'
import { conclude, subjectOf, type Evidence, type MatcherResult } from './conclude.ts'
import { benchLines, rateLines, shareLines, throughputLines } from './evidence.ts'
import { flowThroughput } from './flow-throughput.ts'
import { describeMissing, describeMissingOperations } from './missing.ts'
import { rateProof } from './rate-proof.ts'
import type { Reading } from './reading.ts'
import { isOperation, type Operation, type Subject } from './subjects.ts'
import { worstWindow } from './worst-window.ts'
import { ERROR_SUBJECTS, SUCCESS_SUBJECTS, THROUGHPUT_SUBJECTS } from './wrong-subject.ts'

/** What a matcher of this family reads from its subject. */
export interface RateReading extends Pick<Comparison, 'subject' | 'measured' | 'samples'> {
  readonly evidence: Evidence
  /** The operation that it is of, whose course tells how sure it is. */
  readonly operation?: Operation
}

interface Family {
  readonly matcher: string
  readonly metric: string
  readonly operator: Comparison['operator']
  readonly unit: Comparison['unit']
  readonly takes: string
  readonly parse: (input: unknown, path: string) => number
  readonly read: (subject: Subject) => RateReading | undefined
}

/** The matchers of a share or of a number per second. The limit is inclusive. */
function rateWithin<Input>({ matcher, metric, operator, unit, takes, parse, read }: Family) {
  return function (
    this: MatcherState,
    received: unknown,
    input: Input,
    options?: VerdictOptions,
  ): MatcherResult {
    const call = { state: this, matcher, received, args: [input, options] }
    const limit = parse(input, `${matcher}(limit)`)
    const { evidence, operation, ...reading } = subjectOf(call, takes, read)
    const comparison = { ...reading, metric, operator, unit, limit }
    const prove = operation && rateProof(operation, comparison)
    return conclude(call, { comparison, evidence, ...(prove && { prove }) }, options)
  }
}

export const toHaveThroughputAbove = rateWithin<RateInput>({
  matcher: 'toHaveThroughputAbove',
  metric: 'throughput',
  operator: 'at least',
  unit: '/s',
  takes: THROUGHPUT_SUBJECTS,
  parse: toPerSecond,
  read: (subject) => {
    if (subject.kind === 'bench') return benchThroughput(subject)
    if (subject.kind === 'messages') return flowThroughput(subject)
    return isOperation(subject) ? throughputOf(subject) : undefined
  },
})

export const toHaveSuccessRateAbove = rateWithin<RatioInput>({
  matcher: 'toHaveSuccessRateAbove',
  metric: 'successRate',
  operator: 'at least',
  unit: 'ratio',
  takes: SUCCESS_SUBJECTS,
  parse: toRatio,
  read: (subject) => {
    if (subject.kind === 'rate') return rateMetric(subject)
    if (subject.kind === 'check') return checkRate(subject)
    if (!isOperation(subject)) return undefined
    return shareOf(subject, 'success rate', subject.successRate)
  },
})

export const toHaveErrorRateBelow = rateWithin<RatioInput>({
  matcher: 'toHaveErrorRateBelow',
  metric: 'errorRate',
  operator: 'at most',
  unit: 'ratio',
  takes: ERROR_SUBJECTS,
  parse: toRatio,
  read: (subject) =>
    isOperation(subject) ? shareOf(subject, 'error rate', subject.errorRate) : undefined,
})

function throughputOf(operation: Operation): RateReading {
  // The last window is cut short by the end of the run and would always look slow.
  const whole = operation.timeline.slice(0, -1)
  const slowest = worstWindow(whole, ({ ok, width }) => -ok / (width / 1_000))
  return {
    subject: `throughput of ${operation.name}`,
    measured: operation.throughput.mean,
    samples: operation.count,
    operation,
    evidence: {
      lines: () => throughputLines(operation, slowest),
      missing: () => describeMissingOperations(operation, `throughput of ${operation.name}`),
    },
  }
}

function shareOf(operation: Operation, figure: string, measured: Ratio | undefined): RateReading {
  const worst = worstWindow(operation.timeline, ({ failed }) => (failed > 0 ? failed : undefined))
  return {
    subject: `${figure} of ${operation.name}`,
    measured,
    samples: operation.count,
    operation,
    evidence: {
      lines: () => shareLines(operation, worst),
      missing: () => describeMissingOperations(operation, `${figure} of ${operation.name}`),
    },
  }
}

function benchThroughput(result: BenchResultLike): RateReading {
  const { name, latency, throughput } = result
  const subject = `throughput of ${name ?? 'the benchmark'}`
  const samples = latency.samplesCount
  const evidence = {
    lines: () => benchLines(result),
    missing: () => describeMissing(subject),
  }
  return { subject, measured: throughput.mean, samples, evidence }
}

function rateMetric({ name, hits, total, ratio }: MetricFigures & { kind: 'rate' }): RateReading {
  const evidence = {
    lines: () => rateLines(hits, total),
    missing: () => describeMissing(`rate of ${name}`),
  }
  return { subject: `rate of ${name}`, measured: ratio, samples: total, evidence }
}

function checkRate({ name, passed, total, rate, first }: CheckSummary): RateReading {
  const evidence = {
    lines: () => [
      ...rateLines(passed, total),
      ...(first === undefined ? [] : [`the first failure said: ${first}`]),
    ],
    missing: () => describeMissing(`check ${name}`),
  }
  return { subject: `check ${name}`, measured: rate, samples: total, evidence }
}

/** A rate or a share of an operation beside its limit. */
export function readRate(
  operation: Operation,
  metric: 'throughput' | 'successRate' | 'errorRate',
  limit: number,
): Reading {
  const {
    evidence,
    operation: _of,
    ...reading
  } = metric === 'throughput'
    ? throughputOf(operation)
    : shareOf(
        operation,
        metric === 'successRate' ? 'success rate' : 'error rate',
        operation[metric],
      )
  const operator = metric === 'errorRate' ? 'at most' : 'at least'
  const unit = metric === 'throughput' ? '/s' : 'ratio'
  const comparison = { ...reading, metric, operator, unit, limit } as const
  return { comparison, evidence, prove: rateProof(operation, comparison) }
}
