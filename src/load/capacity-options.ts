import type { Timeouts } from '../clients/timeouts.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { Check } from '../limits/check.ts'
import type { Limits } from '../limits/grammar.ts'
import { parseLimits } from '../limits/parse-limits.ts'
import { toCount, toPerSecond, toRatio } from '../units/parse.ts'
import type { DurationInput, Ms, RatioInput } from '../units/units.ts'
import type { ArrivalKind } from './arrival-schedule.ts'
import type { SearchSpec } from './capacity-search.ts'
import { OptionReader, type CommonOptions } from './option-reader.ts'
import { planLoad, type LoadOptions } from './options.ts'

interface SearchOptions extends Pick<
  CommonOptions,
  'connection' | 'timeout' | 'tls' | 'http' | 'gracefulStop' | 'seed'
> {
  /** What a load has to meet to count as sustained. */
  readonly slo: Limits
  /** The judged time of each run. Default 10 s. */
  readonly step?: DurationInput | undefined
  /** Left out at the start of each run. Default: a fifth of the step. */
  readonly settle?: DurationInput | undefined
  /** How near to each other the ends of the interval come. Default 5 %. */
  readonly within?: RatioInput | undefined
  /** Runs that must all say the same at an end: 5 are sure to 97 %. Default 5. */
  readonly confirm?: number | undefined
}

/** A rate with its unit, which tells it from a number of users. */
export type RateText = `${number}/${'s' | 'min' | 'm' | 'h'}`

/** Searches the most iterations per second. */
export interface RateSearchOptions extends SearchOptions {
  readonly from: RateText
  readonly to: RateText
  readonly maxUsers?: number | undefined
  readonly arrivals?: ArrivalKind | undefined
}

/** Searches the most users. */
export interface UserSearchOptions extends SearchOptions {
  readonly from: number
  readonly to: number
}

export type CapacityOptions = RateSearchOptions | UserSearchOptions

/** The same in numbers. */
export interface CapacityPlan {
  readonly of: 'users' | 'rate'
  readonly spec: SearchSpec
  readonly slo: Limits
  readonly checks: readonly Check[]
  readonly step: Ms
  readonly settle: Ms
  readonly seed: number | undefined
  /** The options of a run at a load. */
  at(load: number): LoadOptions
}

const OWN = ['slo', 'from', 'to', 'step', 'settle', 'within', 'confirm', 'maxUsers', 'arrivals']
const COMMON = ['connection', 'timeout', 'tls', 'http', 'gracefulStop', 'seed']
const SEARCHED = 'is what is searched for: say from and to'
const STEPPED = 'is said by the runs of the search: say step, settle, from and to'
const REFUSED: Readonly<Record<string, string>> = {
  users: SEARCHED,
  rate: SEARCHED,
  limits: 'is called slo here: what a load has to meet to count as sustained',
  duration: 'is called step here: the judged time of each run',
  warmUp: 'is called settle here: left out at the start of each run',
  abort: 'has no place in a search, which is to find where too much fails: leave it out',
  events: 'would hear of each run as of a load: leave it out',
  ...Object.fromEntries(
    'stages steps iterations iterationsPerUser maxDuration rampUp rampDown spawnRate startUsers startRate judge'
      .split(' ')
      .map((name) => [name, STEPPED]),
  ),
}

/** @throws UsageError with every mistake */
export function planCapacity(input: unknown, timeouts: Timeouts, path: string): CapacityPlan {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    const example = "an object like { slo: { p95: '300ms' }, from: '10/s', to: '1000/s' }"
    throw new UsageError(`${path} options`, example, input)
  }
  const reader = new OptionReader({ ...input }, path)
  reader.known([...OWN, ...Object.keys(REFUSED)])
  for (const [name, why] of Object.entries(REFUSED)) if (reader.has(name)) reader.refuse(name, why)
  const of = typeof reader.options.from === 'string' ? 'rate' : 'users'
  const spec = specOf(reader, of)
  const step = reader.duration('step', 10_000)
  const settle = reader.duration('settle', step / 5)
  reader.check(() => {
    if (step < 100) throw new UsageError(`${path}.step`, "at least 100 ms, like '10s'", step)
  }, undefined)
  const checks = reader.check(() => checksOf(reader), [])
  const at = (load: number): LoadOptions => runOptions(reader, { of, load, step, settle })
  const most = Number.isFinite(spec.to) ? spec.to : 1
  reader.check(() => planLoad(at(most), timeouts, path), undefined)
  reader.end()
  const { slo, seed } = reader.options as { readonly slo: Limits; readonly seed?: number }
  return { of, spec, slo, checks, step, settle, seed, at }
}

function checksOf({ options, path }: OptionReader): readonly Check[] {
  const { slo } = options
  if (slo === undefined) {
    const message = `${path}.slo is missing: what a load has to meet, { p95: '300ms', errorRate: '1%' }`
    throw UsageError.saying(`${path}.slo`, message)
  }
  const checks = parseLimits(slo, `${path}.slo`)
  const ofService = checks.find(({ unit }) => unit === 'bytes' || unit === 'cores')
  if (ofService === undefined) return checks
  const message = `${ofService.path} is of a service, not of a load that is tried: leave it out`
  throw UsageError.saying(ofService.path, message)
}

function specOf(reader: OptionReader, of: CapacityPlan['of']): SearchSpec {
  const { path } = reader
  const toLoad = of === 'rate' ? toRate : toCount
  const take = (name: 'from' | 'to'): number =>
    reader.check(
      () => {
        const given = reader.options[name]
        if (given === undefined)
          throw UsageError.saying(`${path}.${name}`, `${path}.${name} ${MISSING}`)
        return toLoad(given, `${path}.${name}`)
      },
      name === 'from' ? 1 : Infinity,
    )
  const [from, to] = [take('from'), take('to')]
  if (reader.has('from') && reader.has('to') && from >= to && from > 0) {
    reader.refuse('to', 'must be more than from')
  }
  if (of === 'users') {
    for (const name of ['maxUsers', 'arrivals']) {
      if (reader.has(name)) reader.refuse(name, "is of a rate: say from: '10/s' and to: '1000/s'")
    }
  }
  const within = reader.check(() => toWithin(reader), 0.05)
  return { from, to, within, confirm: reader.count('confirm', 1) ?? 5, whole: of === 'users' }
}

const MISSING = "is missing: a number of users (10) or a rate ('10/s')"

function toRate(input: unknown, path: string): number {
  if (typeof input === 'number') {
    throw new UsageError(path, "a rate like '400/s', as the other end is", input)
  }
  const rate = toPerSecond(input, path)
  if (rate > 0) return rate
  throw new UsageError(path, "more than 0, like '10/s'", input)
}

function toWithin({ options, path }: OptionReader): number {
  const { within = 0.05 } = options
  const ratio = toRatio(within, `${path}.within`)
  if (ratio >= 0.01 && ratio <= 0.5) return ratio
  throw new UsageError(`${path}.within`, "from '1%' to '50%'", within)
}

function runOptions(
  { options }: OptionReader,
  { of, load, step, settle }: { of: CapacityPlan['of']; load: number; step: Ms; settle: Ms },
): LoadOptions {
  const names = of === 'rate' ? [...COMMON, 'maxUsers', 'arrivals'] : COMMON
  const given = Object.entries(options).filter(
    ([name, value]) => value !== undefined && names.includes(name),
  )
  const all: object = { ...Object.fromEntries(given), [of]: load, warmUp: settle, duration: step }
  return all as LoadOptions
}
