import type { RunRecord } from '../../src/baseline/baseline-record.ts'
import { operationRecord } from '../../src/baseline/run-figures.ts'
import { recordedLatencies } from './recorded-latencies.ts'
import type { Random } from '../../src/stats/random.ts'
import { normal, type Kind } from './series.ts'

/** Runs of one service. */
export interface Service {
  readonly kind: Kind
  /** The correlation of one request with the next. */
  readonly rho: number
  /** Requests of a run. */
  readonly count: number
  /** How much runs differ from each other, whatever their requests say: 0.03 is a deviation of 3 %. */
  readonly drift: number
  /** By how much it has become slower: 0.2. */
  readonly slower: number
}

/** What `load({ repeats })` would have kept of so many runs. */
export function runsOf(service: Service, random: Random, repeats: number): readonly RunRecord[] {
  const { kind, rho, count, drift, slower } = service
  return Array.from({ length: repeats }, () => {
    const factor = (1 + slower) * Math.exp(drift * normal(random))
    const latencies = kind.make(random, count, rho).map((each) => each * factor)
    const operation = recordedLatencies('all requests', latencies)
    const operations = { 'all requests': operationRecord(operation, []) }
    return { at: '2026-01-01T00:00:00.000Z', by: 'a simulation', operations }
  })
}
