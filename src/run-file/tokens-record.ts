import type { RateSpread, TokenSummary } from '../metrics/tokens.ts'
import { EMPTY_HISTOGRAM } from '../stats/histogram.ts'
import type { PerSecond } from '../units/units.ts'

/** Tokens as the run file keeps them: the figures, without the shape of the rate. */
export interface TokensRecord extends Omit<TokenSummary, 'perUser' | 'perSecond'> {
  readonly perSecond?: PerSecond | undefined
  readonly perUser: Partial<Omit<RateSpread, 'histogram'>>
}

export function toTokensRecord(tokens: TokenSummary | undefined): TokensRecord | undefined {
  if (tokens === undefined) return undefined
  const { histogram: _histogram, ...perUser } = tokens.perUser
  return { ...tokens, perUser }
}

export function fromTokensRecord(record: TokensRecord | undefined): TokenSummary | undefined {
  if (record === undefined) return undefined
  const { perSecond, perUser, ...counts } = record
  return { ...counts, perSecond, perUser: { ...UNKNOWN, ...perUser } }
}

const UNKNOWN: RateSpread = {
  count: 0,
  mean: undefined,
  min: undefined,
  p5: undefined,
  p50: undefined,
  p95: undefined,
  max: undefined,
  histogram: EMPTY_HISTOGRAM,
}
