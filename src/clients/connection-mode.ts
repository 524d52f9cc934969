import { UsageError } from '../errors/usage-error.ts'

/**
 * Which connections a virtual user speaks over.
 * - `perUser`: up to six of its own to each origin, as a browser has; an idle one first.
 * - `shared`: any idle one of the load's, as a gateway's pool has.
 * - `perRequest`: a new one for each call, for services behind a load balancer.
 */
export type ConnectionMode = 'perUser' | 'shared' | 'perRequest'

const MODES: readonly ConnectionMode[] = ['perUser', 'shared', 'perRequest']

/** @throws UsageError for anything that is no mode */
export function toConnectionMode(input: unknown, path: string): ConnectionMode {
  const mode = MODES.find((each) => each === input)
  if (mode === undefined)
    throw new UsageError(path, MODES.map((each) => `'${each}'`).join(' or '), input)
  return mode
}
