import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** The core of the server and the core of the client; `undefined` where they cannot be pinned. */
export interface Cores {
  readonly server: number
  readonly client: number
}

/** The first two cores that this process may use, where `taskset` can pin to them. */
export function findCores(): Cores | undefined {
  if (spawnSync('taskset', ['--version']).error !== undefined) return undefined
  const [server, client] = allowedCores()
  return server === undefined || client === undefined ? undefined : { server, client }
}

/** Reads `Cpus_allowed_list`: `0-3,8`. */
function allowedCores(): number[] {
  const list = /Cpus_allowed_list:\s*(\S+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]
  return (list ?? '').split(',').flatMap((range) => {
    const [from = Number.NaN, to = from] = range.split('-').map(Number)
    return Array.from({ length: to - from + 1 }, (_, index) => from + index)
  })
}

/** Said under a table whose processes were not pinned. */
export const UNPINNED =
  'not pinned: taskset or a second core is missing, so sides disturb each other'
