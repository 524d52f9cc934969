import { DEFAULT_TIMEOUTS } from '../clients/timeouts.ts'
import { Mistakes } from '../errors/mistakes.ts'
import { nearest } from '../errors/nearest.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { UsersLoadOptions } from './closed-options.ts'
import { planLoad, type LoadOptions } from './options.ts'
import { overridden } from './overridden.ts'
import { described, describeProfiles } from './profile-descriptions.ts'
import { toldOf, type ProfileOverrides } from './profile-overrides.ts'
import type { ProfileReference } from './profile-reference.ts'
import { checkWeights, type ProfileWeights } from './profile-weights.ts'

/** A named shape of load; what it says of users and times, without a scenario. */
export type ProfileOptions = LoadOptions & {
  /** What it is for, told where its name is asked for. */
  readonly description?: string | undefined
  /** Instead of the users' own, by name: `{ 'chat user': 3, reader: 0 }`; 0 leaves a user out. */
  readonly weights?: ProfileWeights | undefined
}

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
  /** Of the users of the load, when its profile says so. */
  readonly weights?: ProfileWeights | undefined
}

/** @throws UsageError with every mistake in a profile of the suite's own */
export function checkProfile(options: unknown, path: string): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    planLoad(options, DEFAULT_TIMEOUTS, path)
    return
  }
  const { description, weights, ...shape } = options as Partial<ProfileOptions>
  const mistakes = new Mistakes()
  mistakes.check(() => planLoad(shape, DEFAULT_TIMEOUTS, path), undefined)
  mistakes.check(() => checkWeights(weights, `${path}.weights`), undefined)
  if (description !== undefined && typeof description !== 'string') {
    mistakes.add(new UsageError(`${path}.description`, 'a text', description))
  }
  mistakes.throwAll(path)
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
  const known: Readonly<Record<string, ProfileOptions>> = { ...described(BUILT_IN), ...own }
  const name = overrides.profile ?? input.profile
  const found = Object.hasOwn(known, name) ? known[name] : undefined
  if (found !== undefined) {
    const swapped = name === input.profile ? [] : [`PERF_PROFILE instead of ${input.profile}`]
    const source = [`profile ${name}`, ...swapped, ...toldOf(overrides)].join(', ')
    const { description: _description, weights, ...shape } = found
    const options = { ...overridden(shape, overrides), ...input.options }
    return { options, source, weights }
  }
  const written =
    overrides.profile === undefined ? `profile(${JSON.stringify(name)})` : `PERF_PROFILE=${name}`
  const guess = nearest(name, Object.keys(known))
  const hint = guess === undefined ? '' : `; did you mean ${JSON.stringify(guess)}?`
  const message = `${written} is not a profile${hint === '' ? '.' : hint} Known:${describeProfiles(known)}`
  throw UsageError.saying('profile', message, name)
}
