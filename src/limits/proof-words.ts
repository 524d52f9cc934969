import { formatMs, formatRatio } from '../units/format.ts'
import { amount } from './amount.ts'
import type { Proof } from './proof.ts'
import type { VerdictUnit } from './verdict.ts'

/** What a limit that is not proven was asked of. */
export interface NotProven {
  readonly metric: string
  readonly samples: number
  readonly proof: Proof
}

/**
 * What would settle it: `p99 at 95 % needs ≥1,000 requests, had 120`; where no number would, that it is too
 * near its limit.
 */
export function whatSettles({ metric, samples, proof }: NotProven): string {
  const { confidence, needs, short, time, counts = 'samples' } = proof
  const what = `${WORDS[metric] ?? metric} at ${formatRatio(confidence)}`
  if (needs !== undefined && needs > samples) {
    return `${what} needs ≥${needs.toLocaleString('en-US')} ${counts}, had ${samples.toLocaleString('en-US')}`
  }
  if (time !== undefined) {
    return `${what} needs ≥${formatMs(time.needs)} of watching, had ${formatMs(time.had)}`
  }
  if (short !== undefined) return `${what} needs ≥${formatMs(short * 1_000)} of judged time`
  return `${what} is too near its limit to tell`
}

const WORDS: Readonly<Record<string, string>> = {
  errorRate: 'error rate',
  retained: 'retained memory',
  slope: 'memory slope',
  successRate: 'success rate',
}

/** `[171, 214]` after a figure of the same unit, `[980 ms, 1.1 s]` otherwise; empty when none is known. */
export function intervalText(proof: Proof | undefined, unit: VerdictUnit, beside: string): string {
  if (proof === undefined || (proof.low === undefined && proof.high === undefined)) return ''
  const { low, high } = proof
  const ends = [
    low === undefined ? '…' : amount(unit, low),
    high === undefined ? '…' : high === 'never' ? '∞' : amount(unit, high),
  ]
  const suffix = / ?[^\d.,]+$/.exec(beside)?.[0]
  const bare = ends.map((end) =>
    suffix !== undefined && end.endsWith(suffix) ? end.slice(0, -suffix.length) : end,
  )
  const same = ends.every((end, at) => bare[at] !== end || end === '…' || end === '∞')
  return `[${(same ? bare : ends).join(', ')}]`
}
