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
  const { confidence, needs, short, counts = 'samples', had = samples } = proof
  const what = `${WORDS[metric] ?? metric} at ${formatRatio(confidence)}`
  const time = short === undefined ? undefined : `≥${formatMs(short * 1_000)}`
  if (needs !== undefined && needs > had) {
    const over = time === undefined ? '' : ` over ${time}`
    return `${what} needs ≥${counted(needs)} ${counts}${over}, had ${counted(had)}`
  }
  if (proof.time !== undefined) {
    return `${what} needs ≥${formatMs(proof.time.needs)} of watching, had ${formatMs(proof.time.had)}`
  }
  if (time !== undefined) return `${what} needs ${time} of judged time`
  return `${what} is too near its limit to tell`
}

/**
 * Why a limit that was missed may yet be met: `1 of 6 requests took longer, which may be chance; p95 at 95 %
 * needs ≥200 requests, had 6`. Of one that was met, only what would settle it.
 */
export function whyNotProven(open: NotProven, missed: boolean): string {
  const { beyond, clumped = false, counts = 'samples' } = open.proof
  const what = whatSettles(open)
  if (!missed || beyond === undefined) return what
  const why = clumped ? 'one slow moment' : 'chance'
  return `${counted(beyond)} of ${counted(open.samples)} ${counts} took longer, which may be ${why}; ${what}`
}

const counted = (count: number): string => count.toLocaleString('en-US')

const WORDS: Readonly<Record<string, string>> = {
  errorRate: 'error rate',
  retained: 'retained memory',
  slope: 'memory slope',
  successRate: 'success rate',
}

/** `[171, 214]` after a figure of the same unit, `[980 ms, 1.1 s]` otherwise; empty when none is known. */
export const intervalText = (proof: Proof | undefined, unit: VerdictUnit, beside: string): string =>
  proof === undefined ? '' : endsText(proof, unit, beside)

/** The same of ends without a verdict. */
export function endsText(
  { low, high }: Pick<Proof, 'low' | 'high'>,
  unit: VerdictUnit,
  beside: string,
): string {
  if (low === undefined && high === undefined) return ''
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
