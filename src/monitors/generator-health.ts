import { formatMs } from '../units/format.ts'
import type { Ms, Ratio } from '../units/units.ts'

/**
 * From here on the event loop is saturated. What becomes ready waits for all that is before it, which
 * grows as ρ / (1 − ρ) (M/M/1): at 85 % for nearly six others, at 95 % for nineteen. Measured with
 * 2,000 streams, a time to the first token of 50 ms reads as 53 ms at 64 %; k6 advises to leave 20 % of
 * a generator's CPU idle, Locust warns from 90 %.
 */
export const SATURATED_FROM: Ratio = 0.85

/**
 * Saturated for this part of its time, and for a few seconds, it is saturated where it counts: a p99 looks at
 * the worst hundredth, and users who come in a ramp are soon more than those on average.
 */
const CROWDED_FROM: Ratio = 0.1
const LEAST_CROWDED: Ms = 2_500

/**
 * A p99 of lateness from here on is the generator's doing: in a hundredth of the time what was due waited a
 * tenth of a second, or one iteration in a hundred started so late. Collections of garbage and the
 * scheduler of a shared machine stay below; the limits of most suites begin there.
 */
const LATE_P99: Ms = 100

/** A p99 of fewer values is the one that happened to be the worst. */
const LEAST_VALUES = 100

/** In less time, most of what a process does is to compile its code: that says nothing of a load. */
const LEAST_WATCHED: Ms = 1_000

/**
 * A loop counts as busy while its thread is ready and others have the cores. From this share of its busy
 * time on, being late is their doing rather than its own: they had the core for the better part of it.
 */
const STARVED_FROM: Ratio = 0.5

/**
 * A loop that was waited for so many times as long as it was at work was not held up by its work alone.
 * What its own work does comes to about once.
 */
export const STOPPED_FROM = 1.5

/** Where the kernel does not say how long a thread waited: from here on whoever wants a core waits. */
const HOST_BUSY_FROM: Ratio = 0.9

/** What the verdict looks at; `undefined` is not known, and speaks for no verdict. */
export interface HealthFigures {
  readonly watched: Ms
  /** Share of the time in which the event loop was at work. */
  readonly busy?: Ratio | undefined
  /** The time of its seconds in which it was saturated. */
  readonly crowded?: Ms | undefined
  readonly delayP99?: Ms | undefined
  /** Share of the time in which something waited for the event loop. */
  readonly stalled?: Ratio | undefined
  readonly lag: { readonly count: number; readonly p99?: Ms | undefined }
  /** Cores that the generator's process kept busy. */
  readonly cpu?: number | undefined
  /** Share of all cores of the machine that were busy, whoever used them. */
  readonly host?: Ratio | undefined
  /** Share of the time in which the loop's thread was ready and had no core. */
  readonly waited?: Ratio | undefined
  readonly cores: number
}

/** Whether a generator was fast enough to believe what it measured. */
export interface Health {
  /** It was too busy itself: what it measured is partly its own waiting. */
  readonly saturated: boolean
  /** It was late because the machine was taken by others (the service may be one of them). */
  readonly hostBusy: boolean
  /** `event loop busy 97 %`, `delay p99 183 ms`; what the machine did first. Empty when it was neither. */
  readonly reasons: readonly string[]
}

/** The verdict on a generator. Too short a watch is healthy: it has nothing to show. */
export function healthOf(figures: HealthFigures): Health {
  const symptoms = figures.watched < LEAST_WATCHED ? [] : symptomsOf(figures)
  if (symptoms.length === 0) return { saturated: false, hostBusy: false, reasons: [] }
  if (!isStarved(figures)) return { saturated: true, hostBusy: false, reasons: symptoms }
  return { saturated: false, hostBusy: true, reasons: [hostReason(figures), ...symptoms] }
}

function symptomsOf(figures: HealthFigures): readonly string[] {
  const { delayP99, lag } = figures
  return [
    ...busySymptom(figures),
    ...(delayP99 !== undefined && delayP99 >= LATE_P99 ? [`delay p99 ${formatMs(delayP99)}`] : []),
    ...(lag.p99 !== undefined && lag.p99 >= LATE_P99 && lag.count >= LEAST_VALUES
      ? [`lag p99 ${formatMs(lag.p99)}`]
      : []),
  ]
}

function busySymptom({ busy = 0, crowded = 0, watched }: HealthFigures): readonly string[] {
  if (busy >= SATURATED_FROM) return [`event loop busy ${percent(busy)}`]
  if (crowded < Math.max(LEAST_CROWDED, CROWDED_FROM * watched)) return []
  const seconds = Math.round(crowded / 1_000)
  return [`event loop over ${percent(SATURATED_FROM)} busy for ${seconds} s`]
}

/**
 * Others had the cores, or the whole machine stood still. Where the kernel does not say how long a thread
 * waited, it is read off the CPU: a loop burns about as much as it is busy, and one that idles most of
 * the time has time to spare.
 */
function isStarved({ busy, stalled = 0, cpu, host, waited }: HealthFigures): boolean {
  if (busy === undefined) return false
  if (stalled > STOPPED_FROM * busy) return true
  if (waited !== undefined) return waited >= STARVED_FROM * busy
  if (cpu === undefined || host === undefined) return false
  return host >= HOST_BUSY_FROM && (cpu < (1 - STARVED_FROM) * busy || busy < 0.5)
}

function hostReason({ cpu = 0, host, waited, cores }: HealthFigures): string {
  return [
    ...(host === undefined ? [] : [`host CPU ${percent(host)}`]),
    `generator ${percent(cpu / cores)}`,
    ...(waited === undefined ? [] : [`without a core ${percent(waited)}`]),
  ].join(', ')
}

const percent = (ratio: Ratio): string => `${Math.round(ratio * 100)} %`
