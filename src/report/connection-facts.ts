import type { RunData } from '../load/load-run.ts'
import { formatMs } from '../units/format.ts'
import type { Ratio } from '../units/units.ts'
import { figure } from './figures.ts'

/** So many of all make the p99 theirs. */
const MANY: Ratio = 0.01
/** Less of a p99 than this is not what made it. */
const MUCH: Ratio = 0.1

/**
 * `8 % connected first: p50 423 ms · DNS 1 ms, TCP 12 ms, TLS 180 ms`, where it matters: when one
 * success in a hundred or more had to open its connection, and the p99 of the openings is a tenth of
 * the run's p99 or more. The parts are medians.
 */
export function connectionsOf({ connections, latency }: RunData): string | undefined {
  const { dns, connect, tls, total, cold } = connections
  const share = latency.count === 0 ? 0 : cold.count / latency.count
  const much = (total.p99 ?? 0) >= MUCH * (latency.p99 ?? Infinity)
  if (share < MANY || !much) return undefined
  const parts = [
    ...(dns.count === 0 ? [] : [`DNS ${figure(dns.p50, formatMs)}`]),
    `TCP ${figure(connect.p50, formatMs)}`,
    ...(tls.count === 0 ? [] : [`TLS ${figure(tls.p50, formatMs)}`]),
  ]
  const first = `${Math.round(share * 100)} % connected first`
  return `${first}: p50 ${figure(cold.p50, formatMs)} · ${parts.join(', ')}`
}
