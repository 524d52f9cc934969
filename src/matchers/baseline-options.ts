import { DEFAULT_METRICS, toMetric, type Metric } from '../baseline/metric.ts'
import { knownNames } from '../errors/nearest.ts'
import { Mistakes } from '../errors/mistakes.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { VerdictOptions } from '../limits/verdict-options.ts'
import { toRatio } from '../units/parse.ts'
import type { Ratio, RatioInput } from '../units/units.ts'

/** How a run is compared with its baseline. */
export interface BaselineOptions extends VerdictOptions {
  /** A figure may get worse by this share. Default `'10%'`. */
  readonly tolerance?: RatioInput | undefined
  /** `'p95'`, `'mean'`, `'ttft.p95'`, `'throughput'` … Default: `['p50', 'p95']`. */
  readonly metrics?: readonly string[] | undefined
  /** Each request that one of these names, patterns or tags is of, by itself. Default: the run as a whole. */
  readonly requests?: readonly string[] | undefined
  /** What cannot be judged fails. Default: it is reported. */
  readonly requireJudged?: boolean | undefined
}

/** The options, checked and whole. */
export interface BaselineSettings {
  readonly name: string | undefined
  readonly tolerance: Ratio
  readonly metrics: readonly Metric[]
  readonly requests: readonly string[] | undefined
  readonly requireJudged: boolean
  readonly verdict: VerdictOptions
}

const KNOWN = ['tolerance', 'metrics', 'requests', 'requireJudged', 'confidence', 'onInconclusive']
const PATH = 'toMatchBaseline(…, options)'

/** @throws UsageError with every mistake in them */
export function toBaselineSettings(first: unknown, second: unknown): BaselineSettings {
  const mistakes = new Mistakes()
  const [name, options] = argumentsOf(first, second)
  const { tolerance = '10%', requireJudged = false, confidence, onInconclusive, ...rest } = options
  for (const key of Object.keys(options).filter((each) => !KNOWN.includes(each))) {
    const message = `${PATH}.${key} is not an option; ${knownNames(key, KNOWN)}`
    mistakes.add(UsageError.saying(`${PATH}.${key}`, message, options))
  }
  if (typeof requireJudged !== 'boolean') {
    mistakes.add(new UsageError(`${PATH}.requireJudged`, 'true or false', requireJudged))
  }
  const { metrics = DEFAULT_METRICS, requests } = rest
  const settings = {
    name,
    tolerance: mistakes.check(() => toTolerance(tolerance), 0.1),
    metrics: mistakes.check(() => toMetrics(metrics), []),
    requests: mistakes.check(() => toRequests(requests), undefined),
    requireJudged,
    verdict: { confidence, onInconclusive },
  }
  mistakes.throwAll(PATH)
  return settings
}

function argumentsOf(first: unknown, second: unknown): [string | undefined, BaselineOptions] {
  if (typeof first === 'object' && first !== null && second === undefined) return [undefined, first]
  if (first !== undefined && (typeof first !== 'string' || first === '')) {
    throw new UsageError('toMatchBaseline(name)', "a name like 'at noon', or options", first)
  }
  if (second === undefined) return [first, {}]
  if (typeof second === 'object' && second !== null) return [first, second]
  throw new UsageError(PATH, "an object like { tolerance: '5%' }", second)
}

function toTolerance(input: unknown): Ratio {
  const ratio = toRatio(input, `${PATH}.tolerance`)
  if (ratio < 1) return ratio
  throw new UsageError(`${PATH}.tolerance`, "below 1, like '10%'", input)
}

function toMetrics(input: unknown): readonly Metric[] {
  if (!Array.isArray(input) || input.length === 0) {
    throw new UsageError(`${PATH}.metrics`, "a list of figures like ['p95', 'throughput']", input)
  }
  const mistakes = new Mistakes()
  const metrics = input.flatMap((each, at) => {
    const metric = mistakes.check(() => toMetric(each, `${PATH}.metrics[${at}]`), undefined)
    return metric === undefined ? [] : [metric]
  })
  mistakes.throwAll(`${PATH}.metrics`)
  return [...new Set(metrics)]
}

function toRequests(input: unknown): readonly string[] | undefined {
  if (input === undefined) return undefined
  if (Array.isArray(input) && input.length > 0 && input.every((each) => typeof each === 'string')) {
    return input
  }
  throw new UsageError(
    `${PATH}.requests`,
    "a list of requests like ['chat', 'GET *', '#read']",
    input,
  )
}
