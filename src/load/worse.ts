import type { Figure } from '../limits/check.ts'
import type { Ratio } from '../units/units.ts'

/**
 * How much worse one value of a figure is than another, on a scale on which differences of pairs add up: the
 * logarithm of the ratio, for error rates the difference. Above 0 is worse.
 */
export interface WorseScale {
  /** What being worse is called. */
  readonly word: 'slowdown' | 'drop' | 'rise'
  /** `NaN` when both are 0 or both never came. */
  of(base: number, head: number): number
  /** As a share of the base: 0.1 is 10 % slower, or a tenth less; of error rates in points. */
  change(worse: number): Ratio
  tolerance(share: Ratio): number
}

const TIMES: WorseScale = {
  word: 'slowdown',
  of: (base, head) => Math.log(head / base),
  change: (worse) => Math.expm1(worse),
  tolerance: (share) => Math.log1p(share),
}

const RATES: WorseScale = {
  word: 'drop',
  of: (base, head) => Math.log(base / head),
  change: (worse) => -Math.expm1(-worse),
  tolerance: (share) => -Math.log1p(-share),
}

const POINTS: WorseScale = {
  word: 'rise',
  of: (base, head) => head - base,
  change: (worse) => worse,
  tolerance: (share) => share,
}

export function worseScale({ kind }: Figure): WorseScale {
  switch (kind) {
    case 'throughput':
    case 'tokensPerSecond':
    case 'goodput':
    case 'successRate':
      return RATES
    case 'errorRate':
      return POINTS
    case 'percentile':
    case 'mean':
    case 'max':
    case 'growth':
    case 'peak':
    case 'slope':
    case 'plateau':
    case 'cpu':
      return TIMES
    default:
      return kind satisfies never
  }
}
