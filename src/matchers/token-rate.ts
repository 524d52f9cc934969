import type { Proof } from '../limits/proof.ts'
import { proveTokenRate } from '../limits/prove-rate.ts'
import type { OperationSummary } from '../metrics/summary.ts'
import type { TokenSummary } from '../metrics/tokens.ts'
import { formatNumber, formatRate } from '../units/format.ts'
import type { Ratio } from '../units/units.ts'
import { describeMissing } from './missing.ts'
import type { Reading } from './reading.ts'

/** The tokens that arrived per second beside their limit. */
export function readTokenRate(
  { name, tokens, timeline }: OperationSummary,
  limit: number,
): Reading {
  const subject = `tokens/s of ${name}`
  const prove = (confidence: Ratio): Proof | undefined => {
    const proof = proveTokenRate(timeline, { operator: 'at least', limit, confidence })
    return proof && { ...proof, had: tokens?.count, counts: 'tokens' }
  }
  return {
    prove,
    comparison: {
      subject,
      metric: 'tokensPerSecond',
      operator: 'at least',
      unit: '/s',
      limit,
      measured: tokens?.perSecond,
      samples: tokens?.streams ?? 0,
    },
    evidence: {
      lines: () => (tokens === undefined ? [] : [tokenLine(tokens)]),
      missing: () => describeMissing(subject),
    },
  }
}

/** What a rate of tokens is of, and who counted them. */
function tokenLine({ count, source, streams, perUser }: TokenSummary): string {
  const user = perUser.p50 === undefined ? '' : `; a user sees ${formatRate(perUser.p50)} (p50)`
  const counted = { usage: 'by the service', parser: 'by the parser', chunks: 'as chunks' }[source]
  return `${formatNumber(count)} tokens of ${formatNumber(streams)} streams, counted ${counted}${user}`
}
