import { nearest } from '../errors/nearest.ts'
import { UsageError } from '../errors/usage-error.ts'

/** The run of that name. @throws UsageError when there is none, or more than one */
export function namedRun<T extends { readonly id: string }>(
  name: string | undefined,
  /** The newest first. */
  runs: readonly T[],
): T {
  const found = name === undefined ? runs[0] : (byPlace(name, runs) ?? byName(name, runs))
  if (found !== undefined) return found
  throw UsageError.saying('run', noneSaying(name, runs), name)
}

/** `latest`, and `latest~1` for the one before it. */
function byPlace<T>(name: string, runs: readonly T[]): T | undefined {
  const [, back] = /^latest(?:~(\d+))?$/.exec(name) ?? []
  return name.startsWith('latest') ? runs[Number(back ?? 0)] : undefined
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

function noneSaying(name: string | undefined, runs: readonly { readonly id: string }[]): string {
  if (runs.length === 0) return 'there is no run yet: vitest-perf run makes one'
  const guess = nearest(
    name ?? '',
    runs.map(({ id }) => id),
  )
  const meant = guess === undefined ? '' : ` Did you mean ${guess}?`
  return `no run is called ${JSON.stringify(name)}: vitest-perf results lists all ${runs.length}.${meant}`
}
