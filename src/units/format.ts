import type { Bytes, Ms, PerSecond, Ratio } from './units.ts'

/** Three significant digits at most, without trailing zeros, thousands apart: `1,234`, `12.3`, `0.12`. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? '∞' : String(value)
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en-US')
  return String(Number(value.toPrecision(3)))
}

/** `0.42 ms`, `318 ms`, `4.2 s`, `2m 30s`, `1h 5m`; never answered is `∞`. */
export function formatMs(ms: Ms): string {
  if (!Number.isFinite(ms)) return '∞'
  if (ms < 999.5) return `${formatNumber(ms)} ms`
  if (ms < 119_950) return `${formatNumber(ms / 1_000)} s`
  const minutes = Math.floor(Math.round(ms / 1_000) / 60)
  const seconds = Math.round(ms / 1_000) % 60
  if (minutes < 60) return seconds === 0 ? `${minutes}m` : `${minutes}m ${seconds}s`
  return minutes % 60 === 0 ? `${Math.floor(minutes / 60)}h` : `${Math.floor(minutes / 60)}h ${minutes % 60}m`
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

/** `99.32 %`, cut downwards so that a failure in a million never reads as 100 %. */
export function formatRatio(ratio: Ratio): string {
  const percent = ratio * 100
  if (percent > 0 && percent < 0.01) return '<0.01 %'
  const digits = percent > 99 && percent < 100 ? 100 : 10
  const floored = Math.floor(Number((percent * digits).toPrecision(12))) / digits
  return `${percent < 1 ? Number(percent.toPrecision(2)) : floored} %`
}
