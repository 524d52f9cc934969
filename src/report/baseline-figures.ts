import { amount } from '../limits/amount.ts'
import type { BaselineFacts, Verdict } from '../limits/verdict.ts'
import { formatNumber, formatRatio } from '../units/format.ts'

/** By how much a figure differs from its baseline: `+3.1 %`; the figure itself where there is none. */
export function changeOf({ now, unit }: BaselineFacts, change: Verdict['measured']): string {
  if (change === 'never') return 'never'
  if (change !== undefined) return signed(change)
  if (now === undefined) return 'not measured'
  return now === 'never' ? 'never' : amount(unit, now)
}

/** `baseline +10 %`, or what became of it: `baseline written`. */
export function toleranceOf({ state }: BaselineFacts, tolerance: number): string {
  switch (state) {
    case 'judged':
    case 'not judged':
      return `baseline ${signed(tolerance)}`
    case 'not comparable':
      return 'not comparable'
    case 'new':
      return 'baseline written'
    case 'updated':
      return 'baseline updated'
    case 'absent':
      return 'no baseline'
    default:
      return state satisfies never
  }
}

/** The figures themselves, of the baseline and of now: `120 → 151 ms`. */
export function courseOf({ before, now, unit, state }: BaselineFacts): string {
  if (before === undefined || now === undefined) return ''
  const shown = [before, now].map((each) => (each === 'never' ? '∞' : amount(unit, each)))
  const [from = '', to = ''] = shown
  const suffix = / ?[^\d.,]+$/.exec(to)?.[0]
  const short = suffix !== undefined && from.endsWith(suffix) ? from.slice(0, -suffix.length) : from
  return `${short} → ${to}${state === 'not judged' ? ', not judged' : ''}`
}

/** `+3.1 %`; from ten times on that: `734×`. */
const signed = (ratio: number): string =>
  ratio >= 9 ? `${formatNumber(ratio + 1)}×` : `${ratio > 0 ? '+' : ''}${formatRatio(ratio)}`
