import { knownNames } from '../errors/nearest.ts'
import { UsageError } from '../errors/usage-error.ts'
import { set } from './told.ts'

/** Where the dashboard is served. */
export interface DashboardOptions {
  /** The next free one is taken when it is not. Default: 8089. */
  readonly port?: number | undefined
  /**
   * Default: `127.0.0.1`, so that nobody else can reach it. With `'0.0.0.0'` whoever has its address, which has a
   * token in it, can see and steer the loads.
   */
  readonly host?: string | undefined
}

/** The options, checked. */
export type DashboardSettings = DashboardOptions

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Whether there is a dashboard, and where; `undefined` when there is none. `PERF_DASHBOARD` wins: `1`, `0`, or a port.
 * @throws UsageError
 */
export function toDashboardSettings(
  options: boolean | DashboardOptions | undefined,
  environment: Environment,
): DashboardSettings | undefined {
  const own = ownSettings(options)
  const told = set(environment.PERF_DASHBOARD)
  if (told === undefined) return own
  if (['0', 'false'].includes(told)) return undefined
  if (['1', 'true'].includes(told)) return own ?? {}
  const port = Number(told)
  if (isPort(port) && port >= LEAST) return { ...own, port }
  throw new UsageError('PERF_DASHBOARD', `1, 0, or a port of at least ${LEAST}`, told)
}

/** Smaller ones are switches, or want rights. */
const LEAST = 2

function ownSettings(options: unknown): DashboardSettings | undefined {
  if (options === undefined || options === false) return undefined
  if (options === true) return {}
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new UsageError('perf.dashboard', 'true, or an object like { port: 8089 }', options)
  }
  const given: Readonly<Record<string, unknown>> = { ...options }
  const unknown = Object.keys(given).find((name) => !NAMES.includes(name))
  if (unknown !== undefined) {
    const path = `perf.dashboard.${unknown}`
    throw UsageError.saying(path, `${path} is not an option; ${knownNames(unknown, NAMES)}`)
  }
  const { port, host } = given
  if (port !== undefined && !isPort(port)) {
    throw new UsageError('perf.dashboard.port', 'a port like 8089, or 0 for any', port)
  }
  if (host !== undefined && (typeof host !== 'string' || !/^[\w.:-]+$/.test(host))) {
    throw new UsageError('perf.dashboard.host', "a host like '127.0.0.1' or '0.0.0.0'", host)
  }
  return { ...(port !== undefined && { port }), ...(host !== undefined && { host }) }
}

const NAMES = ['port', 'host']

const isPort = (port: unknown): port is number =>
  typeof port === 'number' && Number.isInteger(port) && port >= 0 && port <= 65_535
