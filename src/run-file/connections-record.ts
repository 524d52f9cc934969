import type { Distribution } from '../metrics/distribution.ts'
import type { ConnectionsSummary } from '../metrics/openings.ts'
import {
  fromDistributionRecord,
  toDistributionRecord,
  type DistributionRecord,
} from './distribution-record.ts'

/** The connections of a run as the run file keeps them; what is cold is kept with the operations. */
export interface ConnectionsRecord {
  readonly dns?: DistributionRecord | undefined
  readonly connect?: DistributionRecord | undefined
  readonly tls?: DistributionRecord | undefined
  readonly total?: DistributionRecord | undefined
}

export function toConnectionsRecord(
  { opened, dns, connect, tls, total }: ConnectionsSummary,
  buckets: number,
): ConnectionsRecord | undefined {
  if (opened === 0) return undefined
  return {
    dns: toDistributionRecord(dns, buckets),
    connect: toDistributionRecord(connect, buckets),
    tls: toDistributionRecord(tls, buckets),
    total: toDistributionRecord(total, buckets),
  }
}

/** Older files have none, as a run that opened no connection. */
export const fromConnectionsRecord = (
  { dns, connect, tls, total }: ConnectionsRecord = {},
  cold: Distribution,
): ConnectionsSummary => ({
  opened: total?.count ?? 0,
  dns: fromDistributionRecord('DNS of connections', dns),
  connect: fromDistributionRecord('connect of connections', connect),
  tls: fromDistributionRecord('TLS of connections', tls),
  total: fromDistributionRecord('opening of connections', total),
  cold,
})
