import type { Row } from './bench.ts'
import { median } from './median.ts'

/** What a figure should reach: at most, or at least, so much. */
export type Target = { readonly most: number } | { readonly least: number }

/** A figure measured on both sides, round by round. */
export interface Pairs {
  readonly ours: readonly number[]
  readonly peer: readonly number[]
}

const meets = (value: number, target: Target): boolean =>
  'most' in target ? value <= target.most : value >= target.least

const worded = (target: Target, show: (value: number) => string): string =>
  'most' in target ? `≤${show(target.most)}` : `≥${show(target.least)}`

const times = (ratio: number): string => `${ratio.toFixed(2)}×`

/** Medians of both sides, and the median of the ratios of each round. */
export function compare(
  label: string,
  { ours, peer }: Pairs,
  show: (value: number) => string,
  target?: Target,
): Row {
  const ratio = median(ours.map((value, round) => value / (peer[round] ?? Number.NaN)))
  const row = { label, ours: show(median(ours)), peer: show(median(peer)), ratio: times(ratio) }
  if (target === undefined) return row
  return { ...row, target: worded(target, times), met: meets(ratio, target) }
}

/** A figure of ours alone, against a target in its own unit. */
export function figure(
  label: string,
  value: number,
  show: (value: number) => string,
  target?: Target,
): Row {
  const row = { label, ours: show(value) }
  if (target === undefined) return row
  return { ...row, target: worded(target, show), met: meets(value, target) }
}

export const whole = (value: number): string => Math.round(value).toLocaleString('en-US')
export const tenths = (value: number): string => value.toFixed(1)

/** One figure of two sides, by round. */
export function pairs<Figure extends string>(
  ours: readonly Readonly<Record<Figure, number>>[],
  peer: readonly Readonly<Record<Figure, number>>[],
  figure: Figure,
): Pairs {
  return { ours: ours.map((each) => each[figure]), peer: peer.map((each) => each[figure]) }
}
