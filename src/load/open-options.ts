import type { Timeouts } from '../clients/timeouts.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { DurationInput, Ms, RateInput } from '../units/units.ts'
import { durationOf, peakOf, type ArrivalKind, type RateStretch } from './arrival-schedule.ts'
import { refuseMisplaced } from './misplaced-options.ts'
import { mostOf, NOT_FOUND, refuseFound } from './open-end-options.ts'
import type { CommonOptions, CommonPlan, OptionReader } from './option-reader.ts'
import { toRateStages, type RateStage } from './rate-stages.ts'

interface OpenOptions extends CommonOptions {
  /**
   * Users that arrivals may keep busy at once; one more arrival is dropped. Default: as many as arrive
   * in 10 s, at most 1,000, and never fewer than arrive in 1 s.
   */
  readonly maxUsers?: number | undefined
  /**
   * Users whose connections are opened before the load begins. Default: as many as arrive in 1 s, at
   * most 1,000.
   */
  readonly preAllocated?: number | undefined
  /** At even distances, or as by chance (seeded). Default `'even'`. */
  readonly arrivals?: ArrivalKind | undefined
}

/** An open load of one rate: iterations start when they are due, however long others take. */
export interface RateLoadOptions extends OpenOptions {
  /** Iterations that start in a second: `'200/s'`. */
  readonly rate: RateInput
  /** The judged time. */
  readonly duration: DurationInput
  /** The rate climbs evenly from 0 over this time, which is not judged. Default 0. */
  readonly rampUp?: DurationInput | undefined
  /** The rate declines evenly to 0 over this time, after the judged one. Default 0. */
  readonly rampDown?: DurationInput | undefined
  /**
   * The longest judged time of a load that goes on until its limits are decided
   * (`verdict: { onInconclusive: 'extend' }`). Default: four times its duration.
   */
  readonly maxDuration?: DurationInput | undefined
}

/** An open load whose rate changes; all stages are judged. */
export interface RateStagesOptions extends OpenOptions {
  readonly stages: readonly RateStage[]
  /** What the first stage starts from. Default: its own rate, which is then held. */
  readonly startRate?: RateInput | undefined
}

export type OpenLoadOptions = RateLoadOptions | RateStagesOptions

/** An open load in numbers. */
export interface OpenPlan extends CommonPlan {
  readonly model: 'open'
  /** From the start of the ramp-up to the end of the ramp-down. */
  readonly stretches: readonly RateStretch[]
  /** Of these the ones between ramp-up, warm-up and ramp-down. */
  readonly steady: readonly RateStretch[]
  readonly arrivals: ArrivalKind
  readonly maxUsers: number
  readonly preAllocated: number
  readonly rampUp: Ms
  /** How long `steady` takes. */
  readonly duration: Ms
  readonly rampDown: Ms
  /** The longest judged time, where that is said. */
  readonly most?: Ms | undefined
}

/** A service that is this far behind is not keeping up, and more users would only hide it. */
const SECONDS_OF_USERS = 10
/** More users than this are made only for rates that need them: each may hold a connection. */
const MANY_USERS = 1_000

const OF_CLOSED = 'bounds a closed load of iterations: with a rate leave it out'

/** The plan of an open load; its mistakes are left with the reader. */
export function planOpen(reader: OptionReader, timeouts: Timeouts): OpenPlan {
  const kind = reader.has('stages') ? 'stages of rates' : 'rate'
  refuseMisplaced(reader, kind)
  const common = reader.common(timeouts)
  const ofStages = kind === 'stages of rates'
  const rampUp = ofStages ? 0 : reader.duration('rampUp', 0)
  const rampDown = ofStages ? 0 : reader.duration('rampDown', 0)
  const steady = ofStages ? toRateStages(reader) : oneRate(reader)
  const start = steady[0]?.from ?? 0
  if (start === 0 && common.warmUp > 0) {
    reader.refuse(
      'warmUp',
      'is load at the first rate of the stages, and that is 0: say startRate, or leave it out',
    )
  }
  const stretches = [
    { from: 0, to: start, duration: rampUp },
    { from: start, to: start, duration: common.warmUp },
    ...steady,
    { from: steady.at(-1)?.to ?? 0, to: 0, duration: rampDown },
  ]
  const duration = durationOf(steady)
  if (ofStages && common.warmUpFound) reader.refuse('warmUp', NOT_FOUND.stages)
  else refuseFound(reader, { ...common, duration, rampDown })
  return {
    model: 'open',
    stretches,
    steady,
    arrivals: reader.check(() => toArrivalKind(reader), 'even'),
    ...usersOf(reader, peakOf(steady)),
    rampUp,
    duration,
    rampDown,
    ...common,
    ...(!ofStages && mostOf(reader, { duration, limits: common.limits }, OF_CLOSED)),
  }
}

function oneRate(reader: OptionReader): readonly RateStretch[] {
  const { path, options } = reader
  const rate = reader.rate('rate') ?? 1
  const duration = reader.duration('duration', 1)
  if (!reader.has('duration')) reader.refuse('duration', "is missing: with a rate say '30s'")
  reader.check(() => {
    if (rate === 0) throw new UsageError(`${path}.rate`, "more than 0, like '50/s'", options.rate)
    if (duration > 0) return
    throw new UsageError(`${path}.duration`, "longer than nothing, like '30s'", options.duration)
  }, undefined)
  return [{ from: rate, to: rate, duration }]
}

/** Users that a rate may keep busy, where its load does not say it. */
export const usualUsers = (peak: number): number =>
  Math.max(10, Math.ceil(peak), Math.min(MANY_USERS, Math.ceil(peak * SECONDS_OF_USERS)))

function usersOf(
  reader: OptionReader,
  peak: number,
): { readonly maxUsers: number; readonly preAllocated: number } {
  const second = Math.ceil(peak)
  const maxUsers = reader.count('maxUsers', 1) ?? usualUsers(peak)
  const preAllocated = reader.count('preAllocated', 0) ?? Math.min(maxUsers, second, MANY_USERS)
  if (preAllocated > maxUsers) {
    reader.refuse('preAllocated', `is more than maxUsers (${maxUsers}): raise that, or lower this`)
  }
  return { maxUsers, preAllocated }
}

function toArrivalKind({ options, path }: OptionReader): ArrivalKind {
  const { arrivals = 'even' } = options
  if (arrivals === 'even' || arrivals === 'poisson') return arrivals
  throw new UsageError(`${path}.arrivals`, "'even' or 'poisson'", arrivals)
}
