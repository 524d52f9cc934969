import { Mistakes } from '../errors/mistakes.ts'
import { knownNames, nearest } from '../errors/nearest.ts'
import { UsageError } from '../errors/usage-error.ts'
import { toRatio } from '../units/parse.ts'
import type { Ratio, RatioInput } from '../units/units.ts'
import type { Figure, TimesOf } from './check.ts'

/** By how much times may be worse than before: `'5%'`. A percentile counts failures as infinitely slow. */
export interface RegressTimes {
  readonly p50?: RatioInput | undefined
  readonly p75?: RatioInput | undefined
  readonly p90?: RatioInput | undefined
  readonly p95?: RatioInput | undefined
  readonly p99?: RatioInput | undefined
  readonly p999?: RatioInput | undefined
  readonly mean?: RatioInput | undefined
}

/** By how much one request, a group of them, or all may be worse than before. */
export interface RegressOperation extends RegressTimes {
  readonly ttfb?: RegressTimes | undefined
  readonly ttft?: RegressTimes | undefined
  readonly ttfo?: RegressTimes | undefined
  readonly ttst?: RegressTimes | undefined
  readonly ttct?: RegressTimes | undefined
  readonly gap?: RegressTimes | undefined
  readonly tpot?: RegressTimes | undefined
  readonly stopLatency?: RegressTimes | undefined
  /** How much less may succeed in a second, as a share of what did. */
  readonly throughput?: RatioInput | undefined
  readonly tokensPerSecond?: RatioInput | undefined
  /** How much more may fail, in points: from 1 % to 3 % is `'2%'`. */
  readonly errorRate?: RatioInput | undefined
}

/** The same of the run, of `each` request by itself, and under the name of a request, pattern or `#tag`. */
export interface RegressLimits extends RegressOperation {
  readonly each?: RegressOperation | undefined
  readonly [request: string]: RegressOperation | RegressTimes | RatioInput | undefined
}

/** One figure that may be worse by so much. */
export interface RegressCheck {
  /** Where it stands: `limits.checkout.p95`. */
  readonly path: string
  /** `undefined` for the run. */
  readonly request: string | undefined
  /** Of each request by itself. */
  readonly each: boolean
  readonly figure: Figure
  readonly tolerance: Ratio
}

const PERCENTILES = { p50: 50, p75: 75, p90: 90, p95: 95, p99: 99, p999: 99.9 } as const
const TIMES = ['ttfb', 'ttft', 'ttfo', 'ttst', 'ttct', 'gap', 'tpot', 'stopLatency'] as const
const RATES = ['throughput', 'tokensPerSecond', 'errorRate'] as const
const OF_TIMES = [...Object.keys(PERCENTILES), 'mean']
const KNOWN = [...OF_TIMES, ...TIMES, ...RATES]

/** @throws UsageError with every mistake */
export function parseRegressLimits(input: unknown, path: string): readonly RegressCheck[] {
  const limits = toObject(input, path)
  const mistakes = new Mistakes()
  const checks = Object.entries(limits).flatMap(([name, given]) =>
    mistakes.check(() => ofRun(name, given, path), []),
  )
  mistakes.throwAll(path)
  if (checks.length === 0) throw new UsageError(path, EXPECTED, input)
  return checks
}

const EXPECTED = "what may be worse by how much, like { p95: '5%' }"

interface Place {
  readonly request: string | undefined
  readonly each: boolean
}

function ofRun(name: string, given: unknown, path: string): readonly RegressCheck[] {
  if (given === undefined) return []
  if (KNOWN.includes(name) || typeof given !== 'object') {
    return ofOperation(name, given, { path, request: undefined, each: false })
  }
  const at = /^[\w$]+$/.test(name) ? `${path}.${name}` : `${path}[${JSON.stringify(name)}]`
  const place: Place =
    name === 'each' ? { request: undefined, each: true } : { request: name, each: false }
  return Object.entries(toObject(given, at)).flatMap(([figure, each]) =>
    ofOperation(figure, each, { path: at, ...place }),
  )
}

function ofOperation(
  name: string,
  given: unknown,
  place: Place & { readonly path: string },
): readonly RegressCheck[] {
  if (given === undefined) return []
  const path = `${place.path}.${name}`
  const times = TIMES.find((each) => each === name)
  if (times !== undefined) {
    return Object.entries(toObject(given, path)).flatMap(([figure, each]) =>
      each === undefined
        ? []
        : [
            toCheck(timesFigure(figure, times, path), each, {
              ...place,
              path: `${path}.${figure}`,
            }),
          ],
    )
  }
  const rate = RATES.find((each) => each === name)
  const figure: Figure =
    rate === undefined ? timesFigure(name, 'latency', place.path) : { kind: rate }
  return [toCheck(figure, given, { ...place, path })]
}

const toCheck = (
  figure: Figure,
  given: unknown,
  place: Place & { readonly path: string },
): RegressCheck => ({ ...place, figure, tolerance: toRatio(given, place.path) })

function timesFigure(name: string, of: TimesOf, path: string): Figure {
  if (name === 'mean') return { kind: 'mean', of }
  if (Object.hasOwn(PERCENTILES, name)) {
    return { kind: 'percentile', of, percentile: PERCENTILES[name as keyof typeof PERCENTILES] }
  }
  const known = of === 'latency' ? KNOWN : OF_TIMES
  const guess = nearest(name, known)
  const hint =
    guess === undefined ? knownNames(name, known) : `did you mean ${JSON.stringify(guess)}?`
  const message = `${path}.${name} is no figure that is compared; ${hint}`
  throw UsageError.saying(`${path}.${name}`, message, name)
}

function toObject(input: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof input === 'object' && input !== null && !Array.isArray(input)) return { ...input }
  throw new UsageError(path, EXPECTED, input)
}
