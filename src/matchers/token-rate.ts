import type { OperationSummary } from '../metrics/summary.ts'
import type { TokenSummary } from '../metrics/tokens.ts'
import { formatNumber, formatRate } from '../units/format.ts'
import { describeMissing } from './missing.ts'
import type { Reading } from './reading.ts'

/** The tokens that arrived per second beside their limit. */
export function readTokenRate({ name, tokens }: OperationSummary, limit: number): Reading {
  const subject = `tokens/s of ${name}`
  return {
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
