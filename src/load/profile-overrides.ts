import { Mistakes } from '../errors/mistakes.ts'
import { UsageError } from '../errors/usage-error.ts'
import { formatMs, formatNumber, formatRate } from '../units/format.ts'
import { toMs, toPerSecond } from '../units/parse.ts'
import type { Ms, PerSecond } from '../units/units.ts'

/**
 * What the environment says instead of a profile. It acts on loads written with `profile(…)` only, never
 * on figures that a test states.
 */
export interface ProfileOverrides {
  readonly profile?: string | undefined
  readonly users?: number | undefined
  readonly spawnRate?: PerSecond | undefined
  readonly duration?: Ms | undefined
  readonly scale?: number | undefined
}

type Environment = Readonly<Record<string, string | undefined>>

/** Reads `PERF_PROFILE`, `PERF_USERS`, `PERF_SPAWN_RATE`, `PERF_DURATION` and `PERF_SCALE`. @throws UsageError */
export function readOverrides(environment: Environment): ProfileOverrides {
  const mistakes = new Mistakes()
  const read = <T>(name: string, parse: (text: string) => T): T | undefined => {
    const text = environment[name]
    if (text === undefined || text === '') return undefined
    return mistakes.check<T | undefined>(() => parse(text), undefined)
  }
  const overrides = {
    profile: read('PERF_PROFILE', (text) => text),
    users: read('PERF_USERS', (text) => toNumber(text, 'PERF_USERS', 1)),
    spawnRate: read('PERF_SPAWN_RATE', toSpawnRate),
    duration: read('PERF_DURATION', (text) => toMs(text, 'PERF_DURATION')),
    scale: read('PERF_SCALE', (text) => toNumber(text, 'PERF_SCALE')),
  }
  mistakes.throwAll('the environment')
  return Object.fromEntries(Object.entries(overrides).filter(([, each]) => each !== undefined))
}

/** `PERF_USERS 5, PERF_SCALE 0.1`, for the summary: what did not come from the profile. */
export function toldOf({ users, spawnRate, duration, scale }: ProfileOverrides): readonly string[] {
  const told = {
    PERF_USERS: users && formatNumber(users),
    PERF_SPAWN_RATE: spawnRate && formatRate(spawnRate),
    PERF_DURATION: duration && formatMs(duration),
    PERF_SCALE: scale,
  }
  return Object.entries(told).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name} ${value}`],
  )
}

function toSpawnRate(text: string): PerSecond {
  const bare = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : text
  const rate = toPerSecond(bare, 'PERF_SPAWN_RATE')
  if (rate > 0) return rate
  throw new UsageError('PERF_SPAWN_RATE', 'more than 0, like 5 or 50/s', text)
}

function toNumber(text: string, name: string, least?: number): number {
  const value = Number(text)
  const whole = least === undefined || (Number.isInteger(value) && value >= least)
  if (Number.isFinite(value) && value > 0 && whole) return value
  const expected =
    least === undefined ? 'a number above 0, like 0.1' : `a whole number of at least ${least}`
  throw new UsageError(name, expected, text)
}
