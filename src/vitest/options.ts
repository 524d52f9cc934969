import { placeOf } from './place-option.ts'
import { sessionMistakes, type SessionRoutes } from '../clients/session-routes.ts'
import { DEFAULT_TIMEOUTS, toTimeouts, type TimeoutOptions } from '../clients/timeouts.ts'
import { toTransportSettings, type TransportOptions } from '../clients/transport-options.ts'
import { DEFAULT_SETTINGS } from '../clients/transport.ts'
import { knownNames } from '../errors/nearest.ts'
import { Mistakes } from '../errors/mistakes.ts'
import { UsageError } from '../errors/usage-error.ts'
import {
  DEFAULT_VERDICT,
  toVerdictSettings,
  type VerdictOptions,
} from '../limits/verdict-options.ts'
import { readOverrides } from '../load/profile-overrides.ts'
import { checkProfile, type ProfileOptions } from '../load/profiles.ts'
import { parseServices, type ServiceOptions, type ServiceSpec } from '../service/options.ts'
import type { DurationInput } from '../units/units.ts'
import {
  toDashboardSettings,
  type DashboardOptions,
  type DashboardSettings,
} from './dashboard-options.ts'
import type { PerfConfig } from './perf-config.ts'
import { placesOf } from './places.ts'
import { toReportSettings, type ReportOptions, type ReportSettings } from './report-options.ts'
import { debugOf, generatorsOf, set, timeoutOf, toldBy, withTotal } from './told.ts'

/** The options of the plugin. */
export interface PerfOptions extends TransportOptions {
  /** The perf tests; they become the project `perf`, which runs alone, after all others. */
  readonly include?: string | readonly string[] | undefined
  /** The service under test. `PERF_BASE_URL` wins. */
  readonly baseUrl?: string | undefined
  /** Where sockets connect. `PERF_WS_URL` wins. Default: `baseUrl`. */
  readonly wsUrl?: string | undefined
  /** How the service is started; only when a perf test runs, and never when `PERF_BASE_URL` is set. */
  readonly server?: ServiceOptions | readonly ServiceOptions[] | undefined
  /** How a session is spoken to. */
  readonly session?: SessionRoutes | undefined
  /** Loads by name, for `load(profile('nightly'), …)`. */
  readonly profiles?: Readonly<Record<string, ProfileOptions>> | undefined
  /** Of every call: the total time, or its parts. */
  readonly timeout?: DurationInput | TimeoutOptions | undefined
  /** How sure the verdict of a limit has to be, and what becomes of one that is not. */
  readonly verdict?: VerdictOptions | undefined
  /** Fields whose values are secret, besides passwords, tokens, cookies and the like: `['iban']`. */
  readonly redact?: readonly string[] | undefined
  /** What is written when perf tests have run; `false` for nothing but the run file. */
  readonly report?: ReportOptions | false | undefined
  /**
   * A page that shows the loads while they run, and steers them: `true`, or where it is served. `PERF_DASHBOARD` wins.
   * Default: `false`.
   */
  readonly dashboard?: boolean | DashboardOptions | undefined
}

/** The options, checked. */
export interface ResolvedOptions {
  readonly include: readonly string[]
  readonly services: readonly ServiceSpec[]
  readonly report: ReportSettings
  /** Absent when there is none. */
  readonly dashboard: DashboardSettings | undefined
  readonly config: Omit<PerfConfig, 'control' | 'live' | 'annotate'>
}

type Environment = Readonly<Record<string, string | undefined>>

export const DEFAULT_INCLUDE = ['**/*.perf.?(c|m)[jt]s?(x)']

const KNOWN = [
  'include',
  'baseUrl',
  'wsUrl',
  'server',
  'session',
  'profiles',
  'timeout',
  'tls',
  'http',
  'verdict',
  'redact',
  'report',
  'dashboard',
]

/** Checks everything; all mistakes come in one error. @throws UsageError */
export function resolveOptions(options: PerfOptions, environment: Environment): ResolvedOptions {
  assertObject(options, 'perf(options)', "an object like { baseUrl: 'http://127.0.0.1:8080' }")
  const mistakes = new Mistakes()
  const check: Mistakes['check'] = (parse, fallback) => mistakes.check(parse, fallback)
  for (const name of Object.keys(options)) check(() => known(name), undefined)
  const elsewhere = set(environment.PERF_BASE_URL)
  const { baseUrl, wsUrl } = placesOf(options, environment, check)
  // A wrong base URL is one mistake, not a second one in what stands on it.
  const ground = baseUrl ?? (options.baseUrl === undefined ? undefined : 'http://127.0.0.1')
  const services = check(() => parseServices(options.server, 'perf.server', ground), [])
  const { session, profiles = {} } = options
  const total = check(() => timeoutOf(environment), undefined)
  const timeout = withTotal(options.timeout, total)
  if (session !== undefined) mistakes.add(...sessionMistakes(session, 'perf.session'))
  check(() => toTimeouts(options.timeout, 'perf.timeout'), DEFAULT_TIMEOUTS)
  for (const [name, shape] of check(() => profilesOf(profiles), [])) {
    const path = `perf.profiles.${name}`
    check(() => checkProfile(shape, path), undefined)
    check(() => withoutEvents(shape, path), undefined)
  }
  const transport = check(() => toTransportSettings(options, 'perf'), {})
  const include = check(() => patterns(options.include), DEFAULT_INCLUDE)
  const seed = check(() => seedOf(set(environment.PERF_SEED)), 0)
  const verdict = check(() => toVerdictSettings(options.verdict, 'perf.verdict'), DEFAULT_VERDICT)
  const debug = check(() => debugOf(environment), false)
  const generators = check(() => generatorsOf(environment), undefined)
  const place = check(() => placeOf(environment), undefined)
  const overrides = check(() => readOverrides(environment), {})
  const redact = check(() => fieldNames(options.redact), [])
  const report = check(() => toReportSettings(options.report, environment), {})
  const dashboard = check(() => toDashboardSettings(options.dashboard, environment), undefined)
  mistakes.throwAll('perf')
  return {
    include,
    report,
    dashboard,
    services: elsewhere === undefined ? services : [],
    config: {
      baseUrl,
      wsUrl: wsUrl ?? baseUrl,
      session,
      profiles,
      timeout,
      transport: { ...DEFAULT_SETTINGS, ...transport },
      seed,
      verdict,
      overrides,
      told: toldBy(environment, total),
      machine: set(environment.PERF_MACHINE),
      debug,
      redact,
      generators,
      place,
    },
  }
}

function profilesOf(profiles: unknown): readonly (readonly [string, ProfileOptions])[] {
  assertObject(profiles, 'perf.profiles', "an object like { smoke: { users: 5, duration: '10s' } }")
  return Object.entries<ProfileOptions>({ ...profiles })
}

/** Functions do not reach the processes of the tests. */
function withoutEvents(shape: ProfileOptions | undefined, path: string): void {
  if (shape?.events === undefined) return
  const message = `${path}.events are functions, which a profile cannot hold: give them to load({ …, events })`
  throw UsageError.saying(`${path}.events`, message)
}

function assertObject(input: unknown, path: string, expected: string): asserts input is object {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new UsageError(path, expected, input)
  }
}

function patterns(input: unknown): readonly string[] {
  const list = input === undefined ? DEFAULT_INCLUDE : [input].flat()
  if (list.length > 0 && list.every((each) => typeof each === 'string')) return list
  throw new UsageError(
    'perf.include',
    "a glob or a list of globs like ['tests/perf/**/*.perf.ts']",
    input,
  )
}

/** Shorter ones are in every other word. */
function fieldNames(input: unknown): readonly string[] {
  if (input === undefined) return []
  const fine =
    Array.isArray(input) && input.every((each) => typeof each === 'string' && each.length > 2)
  if (fine) return input as string[]
  throw new UsageError('perf.redact', "a list of names of fields like ['iban']", input)
}

function seedOf(input: string | undefined): number {
  if (input === undefined) return Math.floor(Math.random() * 0xffffffff)
  const seed = Number(input)
  if (Number.isInteger(seed) && seed >= 0) return seed
  throw new UsageError('PERF_SEED', 'a whole number', input)
}

function known(name: string): void {
  if (KNOWN.includes(name)) return
  throw UsageError.saying(
    `perf.${name}`,
    `perf.${name} is not an option; ${knownNames(name, KNOWN)}`,
  )
}
