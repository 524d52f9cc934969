import { nearest } from '../errors/nearest.ts'
import { UsageError } from '../errors/usage-error.ts'

/** The run of that name, of the newest first; nothing when there is none. @throws UsageError when there are more */
export const namedRun = <T extends { readonly id: string }>(
  name: string | undefined,
  runs: readonly T[],
): T | undefined => (name === undefined ? runs[0] : (byPlace(name, runs) ?? byName(name, runs)))

/** `latest`, and `latest~1` for the one before it. */
function byPlace<T>(name: string, runs: readonly T[]): T | undefined {
  const [whole, back = 0] = /^latest(?:~(\d+))?$/.exec(name) ?? []
  return whole === undefined ? undefined : runs[Number(back)]
}

/** The whole name, its beginning, or the letters at its end. */
function byName<T extends { readonly id: string }>(
  name: string,
  runs: readonly T[],
): T | undefined {
  const whole = runs.find(({ id }) => id === name)
  if (whole !== undefined) return whole
  const found = runs.filter(({ id }) => id.startsWith(name) || id.endsWith(`-${name}`))
  if (found.length <= 1) return found[0]
  const some = found.slice(0, 3).map(({ id }) => id)
  const more = found.length > 3 ? ` and ${found.length - 3} more` : ''
  const message = `${JSON.stringify(name)} begins ${found.length} runs: ${some.join(', ')}${more}. Write more of it`
  throw UsageError.saying('run', message, name)
}

/** There is no such run. */
export function noSuchRun(
  name: string | undefined,
  runs: readonly { readonly id: string }[],
): UsageError {
  if (runs.length === 0) {
    return UsageError.saying('run', 'there is no run yet: vitest-perf run makes one', name)
  }
  const ids = runs.map(({ id }) => id)
  const guess = nearest(name ?? '', ids)
  const meant = guess === undefined ? '' : ` Did you mean ${guess}?`
  const message = `no run is called ${JSON.stringify(name)}: vitest-perf results lists all ${runs.length}.${meant}`
  return UsageError.saying('run', message, name)
}
