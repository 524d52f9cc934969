import { DEFAULT_TRANSPORT } from '../clients/transport.ts'
import { UsageError } from '../errors/usage-error.ts'
import { toCount } from '../units/parse.ts'
import type { UsersLoadOptions } from './closed-options.ts'
import type { LoadEnvironment } from './environment.ts'
import type { Scenario } from './iteration.ts'
import type { LoadRun } from './load-run.ts'
import { runLoad } from './run-load.ts'

/** How often something runs, and how many times of it at once. */
export interface ConcurrentlyOptions extends Pick<
  UsersLoadOptions,
  'connection' | 'timeout' | 'tls' | 'http' | 'seed' | 'gracefulStop' | 'maxDuration'
> {
  /** How often in all. */
  readonly times: number
  /** How many at once. Default: all. */
  readonly limit?: number
}

/** To begin at once is what it is for. */
const ALL_AT_ONCE = { handshakes: Infinity }

/**
 * Runs a function so many times, so many at once: the semaphore of hand-written suites. A failure
 * ends its own turn only.
 * @throws UsageError as `load` does
 */
export function runConcurrently(
  options: ConcurrentlyOptions,
  fn: Scenario,
  environment: LoadEnvironment,
): Promise<LoadRun> {
  if (typeof options !== 'object' || options === null) {
    throw new UsageError(
      'concurrently options',
      'an object like { times: 100, limit: 50 }',
      options,
    )
  }
  const { times, limit, ...rest } = options
  const iterations = toCount(times, 'concurrently.times')
  const users =
    limit === undefined ? iterations : Math.min(toCount(limit, 'concurrently.limit'), iterations)
  const transport = (environment.transport ?? DEFAULT_TRANSPORT).with(ALL_AT_ONCE)
  return runLoad({ ...rest, users, iterations }, fn, { ...environment, transport }, 'concurrently')
}
