import { redact } from '../clients/redact.ts'
import type { TimeoutOptions } from '../clients/timeouts.ts'
import { UsageError } from '../errors/usage-error.ts'
import { toGenerators, type GeneratorsInput } from '../load/generators-option.ts'
import { toMs } from '../units/parse.ts'
import { formatMs } from '../units/format.ts'
import type { DurationInput, Ms } from '../units/units.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** What the environment says of every load, for its summary: `PERF_SEED 7`. */
export type Told = Readonly<Record<string, string>>

/** A variable that is set to nothing counts as not set: that is how a shell takes one back. */
export const set = (variable: string | undefined): string | undefined =>
  variable === '' ? undefined : variable

/** `PERF_TIMEOUT`: `10s`, or milliseconds. @throws UsageError */
export function timeoutOf(environment: Environment): Ms | undefined {
  const text = set(environment.PERF_TIMEOUT)
  if (text === undefined) return undefined
  return toMs(/^\d+(?:\.\d+)?$/.test(text) ? Number(text) : text, 'PERF_TIMEOUT')
}

/** `PERF_DEBUG=1`. @throws UsageError */
export function debugOf({ PERF_DEBUG }: Environment): boolean {
  const text = set(PERF_DEBUG) ?? '0'
  if (['1', 'true'].includes(text)) return true
  if (['0', 'false'].includes(text)) return false
  throw new UsageError('PERF_DEBUG', '1 or 0', text)
}

/** `PERF_GENERATORS`: `auto`, or how many processes generate each load. @throws UsageError */
export function generatorsOf({ PERF_GENERATORS }: Environment): GeneratorsInput | undefined {
  const text = set(PERF_GENERATORS)
  if (text === undefined) return undefined
  return toGenerators(/^\d+$/.test(text) ? Number(text) : text, 'PERF_GENERATORS')
}

/** The timeouts of the config with another total. */
export function withTotal(
  timeout: DurationInput | TimeoutOptions | undefined,
  total: Ms | undefined,
): DurationInput | TimeoutOptions | undefined {
  if (total === undefined) return timeout
  return typeof timeout === 'object' ? { ...timeout, total } : total
}

/** The variables that this package reads; others of the name may be the suite's own, and secret. */
const VARIABLES = [
  'PERF_BASE_URL',
  'PERF_WS_URL',
  'PERF_PROFILE',
  'PERF_USERS',
  'PERF_SPAWN_RATE',
  'PERF_DURATION',
  'PERF_SCALE',
  'PERF_TIMEOUT',
  'PERF_SEED',
  'PERF_TAGS',
  'PERF_DEBUG',
  'PERF_REPORT',
  'PERF_GENERATORS',
] as const

/** Those of them that are set, for the run file. */
export const variablesOf = (environment: Environment): Told =>
  Object.fromEntries(
    VARIABLES.flatMap((name) => {
      const value = set(environment[name])
      return value === undefined ? [] : [[name, redact(value)]]
    }),
  )

export function toldBy(environment: Environment, timeout: Ms | undefined): Told {
  const { PERF_SEED, PERF_BASE_URL, PERF_WS_URL } = environment
  const all = {
    PERF_SEED: set(PERF_SEED),
    PERF_BASE_URL: set(PERF_BASE_URL),
    PERF_WS_URL: set(PERF_WS_URL),
    PERF_TIMEOUT: timeout === undefined ? undefined : formatMs(timeout),
  }
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, redact(value)]],
    ),
  )
}

/** Where the options of a load came from: its profile, and what the environment says that it does not. */
export function sourceOf(
  profile: string | undefined,
  told: Told,
  options: { readonly seed?: unknown; readonly timeout?: unknown } | undefined,
): string | undefined {
  const stated = new Set([
    ...(options?.seed === undefined ? [] : ['PERF_SEED']),
    ...(options?.timeout === undefined ? [] : ['PERF_TIMEOUT']),
  ])
  const said = Object.entries(told).flatMap(([name, value]) =>
    stated.has(name) ? [] : [`${name} ${value}`],
  )
  const all = [...(profile === undefined ? [] : [profile]), ...said]
  return all.length === 0 ? undefined : all.join(', ')
}
