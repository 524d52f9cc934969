import { ofSuccesses } from '../limits/prove-check.ts'
import { proveThroughput } from '../limits/prove-rate.ts'
import { proveErrorRate } from '../limits/prove-share.ts'
import type { Proof } from '../limits/proof.ts'
import type { Comparison } from '../limits/verdict.ts'
import type { Ratio } from '../units/units.ts'
import { nounOf, type Operation } from './subjects.ts'

/** How sure a rate of an operation is to be within its limit. */
export function rateProof(
  operation: Operation,
  { metric, operator, limit }: Pick<Comparison, 'metric' | 'operator' | 'limit'>,
) {
  return (confidence: Ratio): Proof | undefined => {
    const { timeline } = operation
    const proof =
      metric === 'throughput'
        ? proveThroughput(timeline, { operator, limit, confidence })
        : metric === 'errorRate'
          ? proveErrorRate(timeline, { allowed: limit, confidence })
          : ofSuccesses(proveErrorRate(timeline, { allowed: 1 - limit, confidence }))
    return proof && { ...proof, counts: nounOf(operation) }
  }
}
