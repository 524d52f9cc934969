import { scalabilityLaw, type ScalabilityLaw } from '../stats/usl.ts'
import { medianOf } from '../stats/shift.ts'
import type { CapacityPoint, CapacityTrial } from './capacity.ts'

/** The runs of each load as one point, from the least load to the most; those that tell nothing left out. */
export function curveOf(trials: readonly CapacityTrial[]): readonly CapacityPoint[] {
  const telling = trials.filter(({ outcome }) => outcome !== 'void')
  return [...Map.groupBy(telling, ({ load }) => load)]
    .map(([load, of]): CapacityPoint => {
      const median = (pick: (trial: CapacityTrial) => number | undefined): number | undefined => {
        const values = of.map(pick).filter((value) => value !== undefined)
        return values.length === 0
          ? undefined
          : medianOf(values.toSorted((left, right) => left - right))
      }
      return {
        load,
        runs: of.length,
        met: of.filter(({ outcome }) => outcome === 'met').length,
        throughput: median(({ throughput }) => throughput) ?? 0,
        inFlight: median(({ inFlight }) => inFlight) ?? 0,
        time: median(({ time }) => time),
        p50: median(({ p50 }) => p50),
        p95: median(({ p95 }) => p95),
        p99: median(({ p99 }) => p99),
        errorRate: median(({ errorRate }) => errorRate),
      }
    })
    .toSorted((left, right) => left.load - right.load)
}

/** Fewer have no bend between them. */
const LEAST_LOADS = 3

/**
 * The load of the highest power, throughput ÷ time: below it throughput is given away, above it time is
 * (Kleinrock, Power and Deterministic Rules of Thumb, ICC '79).
 */
export function kneeOf(curve: readonly CapacityPoint[]): number | undefined {
  if (curve.length < LEAST_LOADS) return undefined
  const power = ({ throughput, time }: CapacityPoint): number =>
    time === undefined || time === 0 ? 0 : throughput / time
  return curve.reduce((best, point) => (power(point) > power(best) ? point : best)).load
}

/** The law of scalability against what is under way: the users, or what a rate keeps busy. */
export const lawOf = (
  curve: readonly CapacityPoint[],
  of: 'users' | 'rate',
): ScalabilityLaw | undefined =>
  scalabilityLaw(
    curve.map(({ load, inFlight, throughput }) => ({
      load: of === 'users' ? load : inFlight,
      throughput,
    })),
  )
