import type { StreamTime } from '../metrics/stream-series.ts'
import type { Percentile } from '../units/units.ts'
import type { GoodTimes } from './good-times.ts'
import type { Operator, VerdictUnit } from './verdict.ts'

/** The times of an operation that a limit may be set to. */
export type TimesOf = 'latency' | 'ttfb' | StreamTime

/** What is measured. */
export type Figure =
  | { readonly kind: 'percentile'; readonly of: TimesOf; readonly percentile: Percentile }
  | { readonly kind: 'mean' | 'max'; readonly of: TimesOf }
  | { readonly kind: 'errorRate' | 'successRate' | 'throughput' | 'tokensPerSecond' }
  | { readonly kind: 'goodput'; readonly within: GoodTimes }
  | { readonly kind: 'growth' | 'peak' }
  | { readonly kind: 'slope' | 'plateau' }
  | { readonly kind: 'cpu' }

/** How well a limit may be met. */
export type BandName = 'excellent' | 'good' | 'acceptable' | 'warning' | 'critical'

/** One limit, parsed. */
export interface Check {
  /** Where it stands, for messages: `limits.checkout.p95`. */
  readonly path: string
  /** The name, pattern or `#tag` of requests; `undefined` for the run, or whatever is judged. */
  readonly request: string | undefined
  /** Names, patterns and `#tags` that a group leaves out. */
  readonly exclude?: readonly string[] | undefined
  readonly figure: Figure
  readonly operator: Operator
  readonly unit: VerdictUnit
  readonly limit: number
  /** From the tightest to the loosest; empty without bands. */
  readonly bands: readonly (readonly [name: BandName, figure: number])[]
}

/** The band that a figure within the limit lies in; `undefined` when none has a name for it. */
export function bandOf({ bands, operator }: Check, measured: number): BandName | undefined {
  const within = (figure: number): boolean =>
    operator === 'at most' ? measured <= figure : measured >= figure
  const praised = bands.find(([name, figure]) => isPraise(name) && within(figure))
  if (praised !== undefined) return praised[0]
  const warning = bands.find(([name]) => name === 'warning')
  return warning !== undefined && !within(warning[1]) ? 'warning' : undefined
}

/** Bands that are named for what lies within them, not beyond. */
const isPraise = (name: BandName): boolean =>
  name === 'excellent' || name === 'good' || name === 'acceptable'

/** Whether a name is that of a request, or fits its pattern, where `*` stands for anything. */
export function matchesName(pattern: string, name: string): boolean {
  const [head = '', ...parts] = pattern.split('*')
  if (parts.length === 0) return pattern === name
  if (!name.startsWith(head)) return false
  const tail = parts.pop() ?? ''
  let from = head.length
  for (const part of parts) {
    const at = name.indexOf(part, from)
    if (at === -1) return false
    from = at + part.length
  }
  return name.length - tail.length >= from && name.endsWith(tail)
}
