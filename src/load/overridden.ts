import { Mistakes } from '../errors/mistakes.ts'
import { UsageError } from '../errors/usage-error.ts'
import { toMs, toPerSecond } from '../units/parse.ts'
import type { UsersLoadOptions, UserStagesOptions } from './closed-options.ts'
import type { RateLoadOptions, RateStagesOptions } from './open-options.ts'
import type { LoadOptions } from './options.ts'
import type { ProfileOverrides } from './profile-overrides.ts'
import type { RateStage } from './rate-stages.ts'
import type { StepsLoadOptions } from './steps-options.ts'
import { stagesHold } from './read-stages.ts'

/**
 * A profile with what the environment says instead. With other users and no other spawn rate the rate of
 * the profile is kept, so that a smaller load starts as gently.
 * @throws UsageError for what has no meaning for such a profile
 */
export function overridden(options: LoadOptions, overrides: ProfileOverrides): LoadOptions {
  if ('stages' in options) {
    // What is no list of stages is told when the load is planned.
    if (!Array.isArray(options.stages)) return options
    return isOfRates(options) ? ofRateStages(options, overrides) : ofStages(options, overrides)
  }
  if ('steps' in options) return ofSteps(options, overrides)
  return 'rate' in options ? ofRate(options, overrides) : ofUsers(options, overrides)
}

const isOfRates = (options: RateStagesOptions | UserStagesOptions): options is RateStagesOptions =>
  stagesHold(options.stages, 'rate')

function ofUsers(options: UsersLoadOptions, overrides: ProfileOverrides): UsersLoadOptions {
  const { spawnRate, duration, scale = 1 } = overrides
  const users = scaledCount(overrides.users ?? options.users, scale)
  const { iterations, iterationsPerUser, maxDuration, spawnRate: own, ...rest } = options
  const rates = own === undefined && spawnRate === undefined
  const before = options.rampUp === undefined ? 0 : toMs(options.rampUp, 'profile.rampUp')
  const perSecond = spawnRate ?? (own === undefined ? 1 : toPerSecond(own, 'profile.spawnRate'))
  const rampUp = rates ? (before * users) / options.users : (users / perSecond) * 1_000
  if (duration !== undefined) return { ...rest, users, rampUp, duration }
  return {
    ...rest,
    users,
    rampUp,
    ...(iterations !== undefined && { iterations: scaledCount(iterations, scale) }),
    ...(iterationsPerUser !== undefined && { iterationsPerUser }),
    ...(maxDuration !== undefined && { maxDuration }),
  }
}

/** The highest number of users becomes what the environment says; the others keep their proportions. */
function ofStages(options: UserStagesOptions, overrides: ProfileOverrides): UserStagesOptions {
  const { scale = 1 } = overrides
  refuse({
    PERF_SPAWN_RATE: [overrides.spawnRate, 'stages of users, which say how fast', AS_PEAK],
    PERF_DURATION: [overrides.duration, 'stages, which have their own', OTHER],
  })
  const { stages, startUsers } = options
  const peak = Math.max(startUsers ?? 0, ...stages.map(({ users }) => users))
  const factor = overrides.users === undefined ? scale : (overrides.users * scale) / peak
  const scaled = (users: number): number => (users === 0 ? 0 : scaledCount(users, factor))
  return {
    ...options,
    stages: stages.map((stage) => ({ ...stage, users: scaled(stage.users) })),
    ...(startUsers !== undefined && { startUsers: scaled(startUsers) }),
  }
}

/** The most users and the time of a step are what the environment says; all numbers are scaled. */
function ofSteps(options: StepsLoadOptions, overrides: ProfileOverrides): StepsLoadOptions {
  const { scale = 1, duration } = overrides
  refuse({ PERF_SPAWN_RATE: [overrides.spawnRate, 'steps, which say how fast', AS_PEAK] })
  const { from, by, every, upTo } = options.steps
  const steps = {
    ...(from !== undefined && { from: scaledCount(from, scale) }),
    by: scaledCount(by, scale),
    every: duration ?? every,
    upTo: scaledCount(overrides.users ?? upTo, scale),
  }
  return { ...options, steps }
}

function ofRate(options: RateLoadOptions, overrides: ProfileOverrides): RateLoadOptions {
  const { duration, scale = 1 } = overrides
  refuseUsers(overrides)
  const rate = toPerSecond(options.rate, 'profile.rate') * scale
  return { ...options, rate, ...(duration !== undefined && { duration }) }
}

function ofRateStages(options: RateStagesOptions, overrides: ProfileOverrides): RateStagesOptions {
  const { scale = 1 } = overrides
  refuseUsers(overrides, {
    PERF_DURATION: [overrides.duration, 'stages, which have their own', OTHER],
  })
  const { stages, startRate } = options
  const scaled = (rate: RateStage['rate'], name: string): number => toPerSecond(rate, name) * scale
  return {
    ...options,
    stages: stages.map((stage) => ({ ...stage, rate: scaled(stage.rate, 'profile.stages') })),
    ...(startRate !== undefined && { startRate: scaled(startRate, 'profile.startRate') }),
  }
}

const scaledCount = (count: number, scale: number): number => Math.max(1, Math.round(count * scale))

const AS_PEAK = 'set PERF_USERS, the most at once, or PERF_SCALE'
const AS_SCALE = 'set PERF_SCALE, which scales it'
const OTHER = 'name a shorter profile in PERF_PROFILE'

/** What was said, of what kind of profile it has no meaning, and what to set instead. */
type Meaningless = Readonly<
  Record<string, readonly [value: unknown, profile: string, remedy: string]>
>

const refuseUsers = (overrides: ProfileOverrides, more: Meaningless = {}): void =>
  refuse({
    PERF_USERS: [overrides.users, 'a rate', AS_SCALE],
    PERF_SPAWN_RATE: [overrides.spawnRate, 'a rate', AS_SCALE],
    ...more,
  })

function refuse(meaningless: Meaningless): void {
  const mistakes = new Mistakes()
  for (const [name, [value, profile, remedy]] of Object.entries(meaningless)) {
    if (value === undefined) continue
    const message = `${name} has no meaning for a profile with ${profile}: ${remedy}`
    mistakes.add(UsageError.saying(name, message))
  }
  mistakes.throwAll('the environment')
}
