import { formatBytes, formatMs, formatNumber, formatRate, formatRatio } from '../units/format.ts'
import type { VerdictUnit } from './verdict.ts'

/** A value with the unit of its limit: `380 ms`, `84 MB`, `99.2 %`. */
export function amount(unit: VerdictUnit, value: number): string {
  switch (unit) {
    case 'ms':
      return formatMs(value)
    case 'bytes':
      return formatBytes(value)
    case '/s':
      return formatRate(value)
    case 'ratio':
      return formatRatio(value)
    case 'bytes/s':
      return `${formatBytes(value * 60)}/min`
    case 'cores':
      return `${formatNumber(value)} ${value === 1 ? 'core' : 'cores'}`
    case 'users':
      return `${formatNumber(value)} ${value === 1 ? 'user' : 'users'}`
    default:
      return unit satisfies never
  }
}
