import { knownNames } from '../errors/nearest.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { BandName, Check } from './check.ts'
import type { Operator } from './verdict.ts'

/** Reads a figure with its unit. @throws UsageError */
export type Parse = (input: unknown, path: string) => number

const NAMES: readonly BandName[] = ['excellent', 'good', 'acceptable', 'warning', 'critical']

/**
 * A limit, alone or in bands, of which the loosest is the limit.
 * @throws UsageError for an unknown band, for bands out of order, for a warning that nothing ends
 */
export function toBound(
  input: unknown,
  path: string,
  parse: Parse,
  operator: Operator,
): Pick<Check, 'limit' | 'bands'> {
  if (typeof input !== 'object' || input === null) return { limit: parse(input, path), bands: [] }
  const given = Object.entries(input).filter(([, figure]) => figure !== undefined)
  for (const [name] of given) checkName(name, path)
  const bands = NAMES.flatMap((name) => {
    const found = given.find(([each]) => each === name)
    return found === undefined ? [] : [[name, parse(found[1], `${path}.${name}`)] as const]
  })
  const last = bands.at(-1)
  if (last === undefined)
    throw new UsageError(path, 'a limit, or bands like { good: …, critical: … }', input)
  if (last[0] === 'warning' && bands.length === 1) {
    const message = `${path}.warning alone limits nothing: add critical, the figure that fails`
    throw UsageError.saying(path, message, input)
  }
  checkOrder(bands, path, operator)
  return { limit: last[1], bands }
}

function checkName(name: string, path: string): void {
  if (NAMES.some((each) => each === name)) return
  throw UsageError.saying(path, `${path}.${name} is no band; ${knownNames(name, NAMES)}`, name)
}

function checkOrder(bands: Check['bands'], path: string, operator: Operator): void {
  for (const [at, [name, figure]] of bands.entries()) {
    const before = bands[at - 1]
    if (before === undefined) continue
    const [tighter, tight] = before
    if (operator === 'at most' ? tight <= figure : tight >= figure) continue
    const wanted = operator === 'at most' ? 'at least' : 'at most'
    const message = `${path}.${name} must be ${wanted} ${path}.${tighter}: bands go from the tightest to the loosest`
    throw UsageError.saying(path, message, figure)
  }
}
