import { Mistakes } from '../errors/mistakes.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { CommonOptions } from './option-reader.ts'

/** What a load may say beside its profile: everything but the shape, which is the profile's. */
export type ProfileLoadOptions = Omit<CommonOptions, 'warmUp'>

/** A load written by the name of its profile; `load` looks the name up. */
export interface ProfileReference {
  readonly profile: string
  readonly options?: ProfileLoadOptions | undefined
}

/** The options that make the shape of a load. */
const SHAPE: ReadonlySet<string> = new Set(
  [
    'users duration iterations iterationsPerUser maxDuration rampUp rampDown spawnRate warmUp',
    'stages steps startUsers rate startRate arrivals maxUsers preAllocated weights description',
  ].flatMap((names) => names.split(' ')),
)

/**
 * A load by name: `load(profile('smoke'), scenario)`. The options are those that are not the shape:
 * limits, the seed, timeouts.
 * @throws UsageError for users, times and rates, which are the profile's
 */
export function profile(name: string, options?: ProfileLoadOptions): ProfileReference {
  if (options === undefined) return { profile: name }
  const path = `profile(${JSON.stringify(name)}, options)`
  if (typeof options !== 'object' || options === null) {
    throw new UsageError(path, "an object like { limits: { p95: '300ms' } }", options)
  }
  const mistakes = new Mistakes()
  for (const key of Object.keys(options)) {
    if (!SHAPE.has(key)) continue
    const message = `${path}: ${key} is the profile's to say; write a profile of your own in perf({ profiles }), or all options of the load without a profile, load({ … }, …)`
    mistakes.add(UsageError.saying(path, message))
  }
  mistakes.throwAll(path)
  return { profile: name, options }
}
