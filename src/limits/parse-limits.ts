import { Mistakes } from '../errors/mistakes.ts'
import { knownNames, nearest } from '../errors/nearest.ts'
import { UsageError } from '../errors/usage-error.ts'
import { toBytesPerSecond } from '../units/bytes-rate.ts'
import { toCores } from '../units/cores.ts'
import { toBytes, toMs, toPerSecond, toRatio } from '../units/parse.ts'
import { toBound, type Parse } from './bound.ts'
import type { Check, Figure, TimesOf } from './check.ts'
import { toGoodTimes } from './good-times.ts'
import { isTag } from './selection.ts'
import type { Operator, VerdictUnit } from './verdict.ts'

interface Kind {
  readonly figure: Figure
  readonly operator: Operator
  readonly unit: VerdictUnit
  readonly parse: Parse
}

const PERCENTILES = { p50: 50, p75: 75, p90: 90, p95: 95, p99: 99, p999: 99.9 } as const
const TIMES = ['ttfb', 'ttft', 'ttfo', 'ttst', 'ttct', 'gap', 'tpot', 'stopLatency'] as const

const atMost = (figure: Figure, unit: VerdictUnit, parse: Parse): Kind => ({
  figure,
  operator: 'at most',
  unit,
  parse,
})
const atLeast = (figure: Figure, unit: VerdictUnit, parse: Parse): Kind => ({
  ...atMost(figure, unit, parse),
  operator: 'at least',
})

const timesKinds = (of: TimesOf): Readonly<Record<string, Kind>> => ({
  ...Object.fromEntries(
    Object.entries(PERCENTILES).map(([name, percentile]) => [
      name,
      atMost({ kind: 'percentile', of, percentile }, 'ms', toMs),
    ]),
  ),
  mean: atMost({ kind: 'mean', of }, 'ms', toMs),
  max: atMost({ kind: 'max', of }, 'ms', toMs),
})

const OPERATION: Readonly<Record<string, Kind>> = {
  ...timesKinds('latency'),
  errorRate: atMost({ kind: 'errorRate' }, 'ratio', toRatio),
  successRate: atLeast({ kind: 'successRate' }, 'ratio', toRatio),
  throughput: atLeast({ kind: 'throughput' }, '/s', toPerSecond),
  tokensPerSecond: atLeast({ kind: 'tokensPerSecond' }, '/s', toPerSecond),
}
const MEMORY: Readonly<Record<string, Kind>> = {
  growth: atMost({ kind: 'growth' }, 'bytes', toBytes),
  peak: atMost({ kind: 'peak' }, 'bytes', toBytes),
  slope: atMost({ kind: 'slope' }, 'bytes/s', toBytesPerSecond),
  plateau: atMost({ kind: 'plateau' }, 'bytes', toBytes),
}
const CPU = atMost({ kind: 'cpu' }, 'cores', toCores)

const OF_OPERATION = [...Object.keys(OPERATION), 'goodput', ...TIMES]
const OF_RUN = [...OF_OPERATION, 'memory', 'cpu']

/**
 * Limits as a list of checks, in the order in which they are written.
 * @throws UsageError with every mistake: an unknown figure, a limit without a unit, bands out of order
 */
export function parseLimits(input: unknown, path: string): readonly Check[] {
  const limits = toObject(input, path, "limits like { p95: '300ms', errorRate: '1%' }")
  const mistakes = new Mistakes()
  const checks = Object.entries(limits).flatMap(([name, limit]) =>
    mistakes.check(() => ofRun(name, limit, pathTo(path, name)), []),
  )
  mistakes.throwAll(path)
  if (checks.length === 0) throw new UsageError(path, "limits like { p95: '300ms' }", input)
  return checks
}

function ofRun(name: string, limit: unknown, path: string): readonly Check[] {
  if (limit === undefined) return []
  if (name === 'memory') return ofKinds(limit, path, { kinds: MEMORY, request: undefined })
  if (name === 'exclude') throw excludeOfRun(path, limit)
  if (name === 'cpu') return [toCheck(CPU, limit, path, undefined)]
  if (OF_OPERATION.includes(name)) return ofOperation(name, limit, path, undefined)
  if (typeof limit !== 'object') {
    const unknown = unknownFigure(name, path, OF_RUN)
    if (nearest(name, OF_RUN) !== undefined) throw unknown
    const message = `${unknown.message}; of a request: { ${JSON.stringify(name)}: { p95: '300ms' } }`
    throw UsageError.saying(path, message, limit)
  }
  return ofGroup(name, limit, path)
}

function ofGroup(request: string, limit: unknown, path: string): readonly Check[] {
  const { exclude, ...figures } = toObject(limit, path, "limits like { p95: '300ms' }")
  const left = exclude === undefined ? undefined : toExcluded(exclude, `${path}.exclude`, request)
  return Object.entries(figures)
    .flatMap(([figure, each]) => ofOperation(figure, each, `${path}.${figure}`, request))
    .map((check) => (left === undefined ? check : { ...check, exclude: left }))
}

function toExcluded(input: unknown, path: string, request: string): readonly string[] {
  if (!Array.isArray(input) || !input.every((each) => typeof each === 'string' && each !== '')) {
    throw new UsageError(
      path,
      "a list of names, patterns and tags, like ['* /docs*', '#slow']",
      input,
    )
  }
  if (isTag(request) || request.includes('*')) return input as string[]
  const message = `${path} has nothing to leave out: ${JSON.stringify(request)} is one request, no pattern and no #tag`
  throw UsageError.saying(path, message, input)
}

const excludeOfRun = (path: string, input: unknown): UsageError =>
  UsageError.saying(
    path,
    `${path} is of a group: write '*': { exclude: […], p95: '300ms' } for all requests but these`,
    input,
  )

function ofOperation(
  name: string,
  limit: unknown,
  path: string,
  request: string | undefined,
): readonly Check[] {
  if (limit === undefined) return []
  const of = TIMES.find((each) => each === name)
  if (of !== undefined) return ofKinds(limit, path, { kinds: timesKinds(of), request })
  if (name === 'goodput') return [ofGoodput(limit, path, request)]
  const kind = Object.hasOwn(OPERATION, name) ? OPERATION[name] : undefined
  if (kind === undefined) throw unknownFigure(name, path, OF_OPERATION)
  return [toCheck(kind, limit, path, request)]
}

function ofGoodput(input: unknown, path: string, request: string | undefined): Check {
  const { rate, ...times } = toObject(input, path, "limits like { rate: '30/s', ttft: '500ms' }")
  if (rate === undefined) throw new UsageError(`${path}.rate`, "a rate like '30/s'")
  const within = toGoodTimes(times, path)
  return toCheck(
    atLeast({ kind: 'goodput', within }, '/s', toPerSecond),
    rate,
    `${path}.rate`,
    request,
  )
}

function ofKinds(
  limits: unknown,
  path: string,
  {
    kinds,
    request,
  }: { readonly kinds: Readonly<Record<string, Kind>>; readonly request: string | undefined },
): readonly Check[] {
  const example = `an object like { ${Object.keys(kinds)[0]}: … }`
  return Object.entries(toObject(limits, path, example)).flatMap(([name, limit]) => {
    if (limit === undefined) return []
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined
    if (kind === undefined) throw unknownFigure(name, `${path}.${name}`, Object.keys(kinds))
    return [toCheck(kind, limit, `${path}.${name}`, request)]
  })
}

function toCheck(
  { figure, operator, unit, parse }: Kind,
  limit: unknown,
  path: string,
  request: string | undefined,
): Check {
  return { path, request, figure, operator, unit, ...toBound(limit, path, parse, operator) }
}

function toObject(
  input: unknown,
  path: string,
  expected: string,
): Readonly<Record<string, unknown>> {
  if (typeof input === 'object' && input !== null && !Array.isArray(input)) return { ...input }
  throw new UsageError(path, expected, input)
}

function unknownFigure(name: string, path: string, known: readonly string[]): UsageError {
  const guess = nearest(name, known)
  const hint =
    guess === undefined ? knownNames(name, known) : `did you mean ${JSON.stringify(guess)}?`
  return UsageError.saying(path, `${path} is no figure that has a limit; ${hint}`, name)
}

/** `limits.checkout`, `limits["GET /orders"]`. */
const pathTo = (path: string, name: string): string =>
  /^[\w$]+$/.test(name) ? `${path}.${name}` : `${path}[${JSON.stringify(name)}]`
