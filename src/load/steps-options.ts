import type { Timeouts } from '../clients/timeouts.ts'
import { Mistakes } from '../errors/mistakes.ts'
import { knownNames } from '../errors/nearest.ts'
import { UsageError } from '../errors/usage-error.ts'
import { parseLimits } from '../limits/parse-limits.ts'
import { toCount, toMs } from '../units/parse.ts'
import type { DurationInput, Ms } from '../units/units.ts'
import type { ClosedPlan } from './closed-options.ts'
import { refuseMisplaced } from './misplaced-options.ts'
import type { CommonOptions, OptionReader } from './option-reader.ts'
import type { UserStretch } from './user-schedule.ts'

/** Numbers of users to climb through, each held for a while. */
export interface StepsInput {
  /** Users of the first step. Default: `by`. */
  readonly from?: number | undefined
  /** More users in each step. */
  readonly by: number
  /** How long a step lasts. */
  readonly every: DurationInput
  /** The most users. */
  readonly upTo: number
}

/** A closed load that climbs in steps until one of them misses the limits. */
export interface StepsLoadOptions extends Omit<CommonOptions, 'warmUp' | 'judge' | 'repeats'> {
  readonly steps: StepsInput
}

/** The same in numbers. */
export interface StepsPlan {
  /** Users of each step. */
  readonly users: readonly number[]
  readonly every: Ms
}

const NAMES = ['from', 'by', 'every', 'upTo']
/** Steps that a run keeps figures of. */
const MOST_STEPS = 1_000

/** The plan of a load in steps; its mistakes are left with the reader. */
export function planSteps(reader: OptionReader, timeouts: Timeouts): ClosedPlan {
  refuseMisplaced(reader, 'steps')
  const usual = { users: [1], every: 1_000 }
  const path = `${reader.path}.steps`
  const steps = reader.check(() => toSteps(reader.options.steps, path), usual)
  const common = reader.common(timeouts)
  reader.check(() => refuseOfService(common.limits, `${reader.path}.limits`), undefined)
  const stretches = steps.users.flatMap((users, at): UserStretch[] => [
    { from: steps.users[at - 1] ?? 0, to: users, duration: 0 },
    { from: users, to: users, duration: steps.every },
  ])
  return {
    model: 'closed',
    users: steps.users.at(-1) ?? 1,
    stretches,
    stages: stretches.filter(({ duration }) => duration > 0),
    steps,
    rampUp: 0,
    rampDown: 0,
    duration: steps.users.length * steps.every,
    iterations: undefined,
    iterationsPerUser: undefined,
    maxDuration: 0,
    ...common,
  }
}

/** @throws UsageError for steps without limits, which would climb for nothing */
export function requireLimits({ steps, limits }: ClosedPlan, name: string): void {
  if (steps === undefined || limits !== undefined) return
  const message = `${name}.steps climb until a step misses the limits, and there are none: add limits: { p95: '300ms', errorRate: '1%' }`
  throw UsageError.saying(`${name}.limits`, message)
}

function toSteps(input: unknown, path: string): StepsPlan {
  if (typeof input !== 'object' || input === null) {
    throw new UsageError(path, "an object like { by: 10, every: '30s', upTo: 500 }", input)
  }
  const given: Readonly<Record<string, unknown>> = { ...input }
  const mistakes = new Mistakes()
  for (const name of Object.keys(given).filter((each) => !NAMES.includes(each))) {
    const message = `${path}.${name} is not an option; ${knownNames(name, NAMES)}`
    mistakes.add(UsageError.saying(`${path}.${name}`, message, given[name]))
  }
  const by = mistakes.check(() => toCount(given.by, `${path}.by`), 1)
  const from = mistakes.check(() => toCount(given.from ?? by, `${path}.from`), 1)
  const every = mistakes.check(() => toEvery(given.every, `${path}.every`), 1)
  const upTo = mistakes.check(() => toCount(given.upTo, `${path}.upTo`, from), from)
  mistakes.throwAll(path)
  const count = Math.floor((upTo - from) / by) + 1
  if (count > MOST_STEPS) {
    const message = `${path} are ${count} steps: take fewer and larger ones, at most ${MOST_STEPS}`
    throw UsageError.saying(path, message, input)
  }
  return { users: Array.from({ length: count }, (_, at) => from + at * by), every }
}

function toEvery(input: unknown, path: string): Ms {
  const every = toMs(input, path)
  if (every >= 100) return every
  throw new UsageError(path, "at least 100 ms, like '30s'", input)
}

function refuseOfService(limits: unknown, path: string): void {
  if (limits === undefined) return
  const ofService = parseLimits(limits, path).find(
    ({ unit }) => unit === 'bytes' || unit === 'cores',
  )
  if (ofService === undefined) return
  const message = `${ofService.path} is of the whole run, not of a step: expect(run).toMeet(…) it afterwards`
  throw UsageError.saying(ofService.path, message)
}
