import { overridden } from './overridden.ts'
import type { LoadOptions } from './options.ts'
import { stagesHold } from './read-stages.ts'
import type { Steered } from './steering.ts'

/** What whoever starts a test by hand wants of its loads, whatever they say. */
export interface StartedWith {
  readonly users?: number | undefined
  /** Users per second. */
  readonly spawnRate?: number | undefined
}

interface AsStarted {
  readonly options: LoadOptions
  readonly steered?: readonly Steered[] | undefined
}

/** A load as it was started by hand, and what is said of that. One without users of its own stays as it is written. */
export function asStarted(options: LoadOptions, started: StartedWith | undefined): AsStarted {
  if (started === undefined || !isOfUsers(options)) return { options }
  const { users, spawnRate } =
    'stages' in options || 'steps' in options
      ? { users: started.users, spawnRate: undefined }
      : started
  if (users === undefined && spawnRate === undefined) return { options }
  const said = [
    ...(users === undefined ? [] : [`${users} users`]),
    ...(spawnRate === undefined ? [] : [`${spawnRate} users/s`]),
  ]
  return {
    options: overridden(options, { users, spawnRate }),
    steered: [{ at: 0, text: `started with ${said.join(', ')}` }],
  }
}

function isOfUsers(options: LoadOptions): boolean {
  if (typeof options !== 'object' || options === null) return false
  if ('stages' in options)
    return Array.isArray(options.stages) && !stagesHold(options.stages, 'rate')
  return 'users' in options || 'steps' in options
}
