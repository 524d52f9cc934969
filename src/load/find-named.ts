import { knownNames } from '../errors/nearest.ts'
import { UsageError } from '../errors/usage-error.ts'

/** One of a run's requests or metrics. @throws UsageError for a name that did not occur */
export function findNamed<T extends { readonly name: string }>(
  among: readonly T[],
  name: string,
  what: 'request' | 'tagged' | 'metric' | 'check' | 'group' | 'phase',
): T {
  const found = among.find((each) => each.name === name)
  if (found !== undefined) return found
  const names = among.map((each) => each.name)
  const message = `run.${what}(${JSON.stringify(name)}) did not occur in this run; ${knownNames(name, names)}`
  throw UsageError.saying(`run.${what}`, message, name)
}
