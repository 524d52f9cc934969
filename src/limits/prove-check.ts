import type { Distribution } from '../metrics/distribution.ts'
import type { OperationSummary } from '../metrics/summary.ts'
import { countAbove } from '../stats/histogram.ts'
import type { Ratio } from '../units/units.ts'
import type { Check } from './check.ts'
import type { Proof } from './proof.ts'
import { proveMean } from './prove-mean.ts'
import { provePercentile, timedValues } from './prove-percentile.ts'
import { proveGoodput } from './prove-goodput.ts'
import { proveThroughput, proveTokenRate } from './prove-rate.ts'
import { proveErrorRate } from './prove-share.ts'

/**
 * How sure it is that an operation meets a limit, or misses it.
 *
 * @returns `undefined` for facts of the run (a maximum, a share of 0), and where the course is not known
 */
export function proveCheck(
  { figure, operator, limit }: Pick<Check, 'figure' | 'operator' | 'limit'>,
  operation: OperationSummary,
  confidence: Ratio,
): Proof | undefined {
  const question = { operator, limit, confidence }
  const { timeline } = operation
  switch (figure.kind) {
    case 'percentile': {
      const asked = { percentile: figure.percentile, limit, confidence }
      const values = timedValues(operation[figure.of], {
        failures: true,
        cutOff: countAbove(operation[figure.of].cutOff, limit),
      })
      return values && provePercentile(values, asked)
    }
    case 'mean':
      return meanProof(operation[figure.of], question)
    case 'errorRate':
      return proveErrorRate(timeline, { allowed: limit, confidence })
    case 'successRate':
      return ofSuccesses(proveErrorRate(timeline, { allowed: 1 - limit, confidence }))
    case 'throughput':
      return proveThroughput(timeline, question)
    case 'tokensPerSecond':
      return proveTokenRate(timeline, question)
    case 'goodput':
      return proveGoodput(operation, figure.within, question)
    case 'max':
    case 'growth':
    case 'peak':
    case 'slope':
    case 'plateau':
    case 'cpu':
      return undefined
    default:
      return figure satisfies never
  }
}

/** The proof of the mean of a distribution, which is of the successes. */
export function meanProof(
  values: Distribution,
  question: Parameters<typeof proveMean>[1],
): Proof | undefined {
  const timed = timedValues(values, { failures: false, cutOff: 0 })
  return timed && proveMean(timed, question)
}

/** A share of failures turned round. */
export function ofSuccesses(proof: Proof | undefined): Proof | undefined {
  if (proof === undefined || typeof proof.low !== 'number' || typeof proof.high !== 'number') {
    return proof
  }
  return { ...proof, low: 1 - proof.high, high: 1 - proof.low }
}
