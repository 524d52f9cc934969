import { UsageError } from '../errors/usage-error.ts'
import { toCount } from '../units/parse.ts'
import type { Timeouts } from '../clients/timeouts.ts'
import type { DurationInput, Ms } from '../units/units.ts'
import type { CommonOptions, CommonPlan, OptionReader } from './option-reader.ts'

/** A closed load: so many users, each starting its next iteration when the last has ended. */
export interface ClosedLoadOptions extends CommonOptions {
  /** Virtual users at work at once. */
  readonly users: number
  /** The users start one after the other over this time, which is not judged. Default 0. */
  readonly rampUp?: DurationInput | undefined
  /** The judged time. Either this or `iterations`. */
  readonly duration?: DurationInput | undefined
  /** Iterations in all, shared by the users; each of them is judged, ramp-up included. */
  readonly iterations?: number | undefined
  /** When a load of `iterations` ends at the latest. Default 10 min. */
  readonly maxDuration?: DurationInput | undefined
}

/** A closed load in numbers. */
export interface ClosedPlan extends CommonPlan {
  readonly model: 'closed'
  readonly users: number
  readonly rampUp: Ms
  /** One of the two is there. */
  readonly duration: Ms | undefined
  readonly iterations: number | undefined
  readonly maxDuration: Ms
}

const NAMES = ['users', 'rampUp', 'duration', 'iterations', 'maxDuration', 'rate', 'stages']

/** Options that only an open load has, and what says the same of a closed one. */
const OF_OPEN: Readonly<Record<string, string>> = {
  maxUsers: 'bounds an open load: say rate too, or users: 500 for a closed load',
  preAllocated: 'is of an open load: say rate too, or leave it out',
  arrivals: "is of an open load: say rate too ('50/s'), or leave it out",
  startRate: 'is of an open load with stages: say those too, or leave it out',
}

/** The plan of a closed load; its mistakes are left with the reader. */
export function planClosed(reader: OptionReader, timeouts: Timeouts): ClosedPlan {
  const { options, path } = reader
  reader.known(NAMES, Object.keys(OF_OPEN))
  for (const [name, remedy] of Object.entries(OF_OPEN)) {
    if (reader.has(name)) reader.refuse(name, remedy)
  }
  const plan: ClosedPlan = {
    model: 'closed',
    users: reader.check(() => toCount(options.users, `${path}.users`), 1),
    rampUp: reader.duration('rampUp', 0),
    duration: reader.has('duration') ? reader.duration('duration', 1) : undefined,
    iterations: reader.count('iterations', 1),
    maxDuration: reader.duration('maxDuration', 600_000),
    ...reader.common(timeouts),
  }
  reader.check(() => contradictions(plan, reader), undefined)
  return plan
}

function contradictions({ duration, iterations }: ClosedPlan, reader: OptionReader): void {
  const { options, path } = reader
  if ((duration === undefined) === (iterations === undefined)) {
    const given = duration === undefined ? 'neither' : 'both'
    reader.refuseAll(`must have either duration ('30s') or iterations (200), got ${given}`)
  } else if (duration === 0) {
    throw new UsageError(`${path}.duration`, "longer than nothing, like '30s'", options.duration)
  } else if (duration !== undefined && reader.has('maxDuration')) {
    reader.refuse('maxDuration', 'bounds a load of iterations; with duration leave it out')
  }
}
