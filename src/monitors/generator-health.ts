import { formatMs, formatRatio } from '../units/format.ts'
import type { Ms, Ratio } from '../units/units.ts'

/**
 * From here on the event loop is saturated. What becomes ready waits for all that is before it, which
 * grows as ρ / (1 − ρ) (M/M/1): at 85 % for nearly six others, at 95 % for nineteen. Measured with
 * 2,000 streams, a time to the first token of 50 ms reads as 53 ms at 64 %; k6 advises to leave 20 % of
 * a generator's CPU idle, Locust warns from 90 %.
 */
export const SATURATED_FROM: Ratio = 0.85

/**
 * A p99 of lateness from here on is the generator's doing: one event in a hundred is noticed, or one
 * iteration in a hundred started, a tenth of a second late. Collections of garbage and the scheduler of
 * a shared machine stay below; the limits of most suites begin there.
 */
export const LATE_P99: Ms = 100

/** A p99 of fewer values is the one that happened to be the worst. */
export const LEAST_VALUES = 100

/** In less time, most of what a process does is to compile its code: that says nothing of a load. */
export const LEAST_WATCHED: Ms = 1_000

/** From here on the cores of the machine are taken: whoever wants one has to wait. */
export const HOST_BUSY_FROM: Ratio = 0.9

/**
 * A loop that is busy by its own work burns about as much CPU as it is busy. Below this share of it, the
 * process was ready to run and something else had the core.
 */
export const STARVED_BELOW: Ratio = 0.75

/** What the verdict looks at; `undefined` is not known, and speaks for no verdict. */
export interface HealthFigures {
  readonly watched: Ms
  /** Share of the time in which the event loop was at work. */
  readonly busy?: Ratio | undefined
  readonly delayP99?: Ms | undefined
  readonly lag: { readonly count: number; readonly p99?: Ms | undefined }
  /** Cores that the generator's process kept busy. */
  readonly cpu?: number | undefined
  /** Share of all cores of the machine that were busy, whoever used them. */
  readonly host?: Ratio | undefined
  readonly cores: number
}

/** Whether a generator was fast enough to believe what it measured. */
export interface Health {
  /** It was too busy itself: what it measured is partly its own waiting. */
  readonly saturated: boolean
  /** It was late because the machine was taken by others (the service may be one of them). */
  readonly hostBusy: boolean
  /** `event loop busy 97 % of the time`; empty when it was neither. */
  readonly reasons: readonly string[]
}

/** The verdict on a generator. Too short a watch is healthy: it has nothing to show. */
export function healthOf(figures: HealthFigures): Health {
  const symptoms = figures.watched < LEAST_WATCHED ? [] : symptomsOf(figures)
  if (symptoms.length === 0) return { saturated: false, hostBusy: false, reasons: [] }
  if (!isStarved(figures)) return { saturated: true, hostBusy: false, reasons: symptoms }
  return { saturated: false, hostBusy: true, reasons: [hostReason(figures), ...symptoms] }
}

function symptomsOf({ busy, delayP99, lag }: HealthFigures): readonly string[] {
  return [
    ...(busy !== undefined && busy >= SATURATED_FROM
      ? [`event loop busy ${formatRatio(busy)} of the time`]
      : []),
    ...(delayP99 !== undefined && delayP99 >= LATE_P99
      ? [`event loop late by ${formatMs(delayP99)} at p99`]
      : []),
    ...(lag.p99 !== undefined && lag.p99 >= LATE_P99 && lag.count >= LEAST_VALUES
      ? [`sends late by ${formatMs(lag.p99)} at p99`]
      : []),
  ]
}

/**
 * Others had the cores: all of them were busy, and either the process got less CPU than its loop was
 * busy, or its loop idled most of the time, so that nothing of its own can have held it up so often.
 */
function isStarved({ busy, cpu, host }: HealthFigures): boolean {
  if (busy === undefined || cpu === undefined || host === undefined) return false
  return host >= HOST_BUSY_FROM && (cpu < STARVED_BELOW * busy || busy < 0.5)
}

function hostReason({ cpu = 0, host = 0, cores }: HealthFigures): string {
  return `CPU of the machine ${formatRatio(host)}, of which the generator ${formatRatio(cpu / cores)}`
}
