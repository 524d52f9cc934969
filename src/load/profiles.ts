import { knownNames } from '../errors/nearest.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { UsersLoadOptions } from './closed-options.ts'
import type { LoadOptions } from './options.ts'
import { overridden } from './overridden.ts'
import { toldOf, type ProfileOverrides } from './profile-overrides.ts'

/** A named shape of load; what it says of users and times, without a scenario. */
export type ProfileOptions = LoadOptions

/** A load written by the name of its profile; `load` looks the name up. */
export interface ProfileReference {
  readonly profile: string
}

/** A load by name: `load(profile('smoke'), scenario)`. */
export const profile = (name: string): ProfileReference => ({ profile: name })

const spawning = (
  users: number,
  perSecond: number,
  duration: UsersLoadOptions['duration'] & string,
): ProfileOptions => ({
  users,
  rampUp: (users / perSecond) * 1_000,
  duration,
})

/** The profiles that need no configuration; own ones of the same name win. */
export const BUILT_IN: Readonly<Record<string, ProfileOptions>> = {
  smoke: spawning(10, 2, '1m'),
  load: spawning(100, 10, '5m'),
  stress: spawning(500, 50, '10m'),
  spike: spawning(1_000, 200, '3m'),
  light: spawning(10, 1, '1m'),
  medium: spawning(20, 2, '5m'),
  heavy: spawning(50, 5, '10m'),
  endurance: spawning(50, 1, '30m'),
  soak: spawning(50, 1, '30m'),
  'ramp-up': { steps: { by: 10, every: '30s', upTo: 500 } },
}

/** The options of a load, and where they came from when they are a profile's. */
export interface ResolvedLoad {
  readonly options: LoadOptions
  /** `profile smoke`, and what the environment said instead. */
  readonly source: string | undefined
}

/**
 * The options that a load was written with, a profile's name looked up and the environment's overrides
 * laid over it.
 * @throws UsageError for an unknown profile, with the nearest known one
 */
export function resolveProfile(
  input: LoadOptions | ProfileReference,
  own: Readonly<Record<string, ProfileOptions>>,
  overrides: ProfileOverrides = {},
): ResolvedLoad {
  if (typeof input !== 'object' || input === null || !('profile' in input)) {
    return { options: input, source: undefined }
  }
  const known = { ...BUILT_IN, ...own }
  const name = overrides.profile ?? input.profile
  const found = Object.hasOwn(known, name) ? known[name] : undefined
  if (found !== undefined) {
    const swapped = name === input.profile ? [] : [`PERF_PROFILE instead of ${input.profile}`]
    const source = [`profile ${name}`, ...swapped, ...toldOf(overrides)].join(', ')
    return { options: overridden(found, overrides), source }
  }
  const written =
    overrides.profile === undefined ? `profile(${JSON.stringify(name)})` : `PERF_PROFILE=${name}`
  const message = `${written} is not a profile; ${knownNames(name, Object.keys(known))}`
  throw UsageError.saying('profile', message, name)
}
