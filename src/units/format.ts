import type { Bytes, Ms, PerSecond, Ratio } from './units.ts'

/** Three significant digits, no trailing zeros; thousands apart: `1,234`, `12.3`, `0.12`. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value).replace('Infinity', '∞')
  if (Math.abs(value) >= 99.95) return Math.round(value).toLocaleString('en-US')
  return String(Number(value.toPrecision(3)))
}

/** `0.42 ms`, `318 ms`, `4.2 s`, `2m 30s`, `1h 5m`; never answered is `∞`, a gain is negative. */
export function formatMs(ms: Ms): string {
  if (ms < 0) return `-${formatMs(-ms)}`
  if (ms === Infinity) return '∞'
  if (ms < 999.5 || Number.isNaN(ms)) return `${formatNumber(ms)} ms`
  if (ms < 119_500) return `${formatNumber(ms / 1_000)} s`
  return ms < 3_599_500
    ? twoUnits(Math.round(ms / 1_000), 'm', 's')
    : twoUnits(Math.round(ms / 60_000), 'h', 'm')
}

/** Decimal sizes: `512 B`, `64.5 kB`, `1.2 MB`; a shrinking is negative. */
export function formatBytes(bytes: Bytes): string {
  const size = Math.abs(bytes)
  if (size < 999.5) return `${formatNumber(bytes)} B`
  if (size < 999_500) return `${formatNumber(bytes / 1e3)} kB`
  if (size < 999_500_000) return `${formatNumber(bytes / 1e6)} MB`
  return `${formatNumber(bytes / 1e9)} GB`
}

/** `212/s`, `0.5/s`. */
export const formatRate = (rate: PerSecond): string => `${formatNumber(rate)}/s`

/**
 * `99.32 %`, `50.1 %`, `1.04 %`: cut, never rounded up, so that a failure in a million never reads
 * as 100 %. Two digits after the point where limits lie (below 10 and above 99), one between.
 */
export function formatRatio(ratio: Ratio): string {
  // 0.29 × 100 is 28.999999999999996: without this it would be cut to 28.9.
  const percent = Number((ratio * 100).toPrecision(12))
  if (percent > 0 && percent < 0.01) return '<0.01 %'
  const digits = percent > 10 && percent <= 99 ? 10 : 100
  const shown = Math.trunc(Number((percent * digits).toPrecision(12))) / digits
  return `${ratio < 1 ? Math.min(shown, 99.99) : shown} %`
}

function twoUnits(count: number, large: string, small: string): string {
  const rest = count % 60
  const whole = `${Math.floor(count / 60)}${large}`
  return rest === 0 ? whole : `${whole} ${rest}${small}`
}
