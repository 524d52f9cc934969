import type { Arrivals } from '../metrics/arrivals.ts'
import {
  fromDistributionRecord,
  toDistributionRecord,
  type DistributionRecord,
} from './distribution-record.ts'

/** The arrivals of an open load as the run file keeps them; the counts that follow are left out. */
export interface ArrivalsRecord {
  readonly late: number
  readonly dropped: number
  /** Absent when none started. */
  readonly lag?: DistributionRecord | undefined
}

export const toArrivalsRecord = (
  { late, dropped, lag }: Arrivals,
  buckets: number,
): ArrivalsRecord => ({ late, dropped, lag: toDistributionRecord(lag, buckets) })

export function fromArrivalsRecord({ late, dropped, lag: kept }: ArrivalsRecord): Arrivals {
  const lag = fromDistributionRecord('lag of arrivals', kept)
  return { intended: lag.count + dropped, started: lag.count, late, dropped, lag }
}
