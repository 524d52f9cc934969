import { perOperation, type PerOperation } from './operations.ts'

/** How the service behaves. Times are in ms, shares from 0 to 1. */
export interface Settings {
  /** 0 takes any free port. */
  readonly port: number
  /** A file, or `:memory:`. */
  readonly database: string
  /** Of the delays and of what fails. */
  readonly seed: number
  /** What the delays are multiplied by: 0 is none. */
  readonly delay: number
  /** `trader-1` to `trader-n`, each with strategies and signals. */
  readonly accounts: number
  /** Added to each request of a class. */
  readonly slow: PerOperation
  /** The share of a class that is answered with 503. */
  readonly fail: PerOperation
  /** The service dies with this request; undefined is never. */
  readonly stopAfter: number | undefined
}

export type WatcherOptions = Partial<Settings>

const DEFAULTS: Settings = {
  port: 0,
  database: ':memory:',
  seed: 1,
  delay: 1,
  accounts: 20,
  slow: {},
  fail: {},
  stopAfter: undefined,
}

export const toSettings = (options: WatcherOptions): Settings => ({ ...DEFAULTS, ...options })

/**
 * Options from environment variables; an empty variable counts as not set.
 * @throws Error naming the variable that makes no sense
 */
export function optionsFrom(environment: NodeJS.ProcessEnv): WatcherOptions {
  const read = (name: string): string | undefined => environment[name] || undefined
  const number = (name: string, fallback: number): number => toNumber(read(name), name, fallback)
  const stopAfter = read('BTC_STOP_AFTER')
  return {
    port: number('PORT', 8000),
    database: read('BTC_DB') ?? DEFAULTS.database,
    seed: number('BTC_SEED', DEFAULTS.seed),
    delay: number('BTC_DELAY', DEFAULTS.delay),
    accounts: number('BTC_ACCOUNTS', DEFAULTS.accounts),
    slow: faults('BTC_SLOW', read('BTC_SLOW'), 60_000),
    fail: faults('BTC_FAIL', read('BTC_FAIL'), 1),
    stopAfter: stopAfter === undefined ? undefined : toNumber(stopAfter, 'BTC_STOP_AFTER', 0),
  }
}

const faults = (name: string, text: string | undefined, most: number): PerOperation =>
  text === undefined ? {} : perOperation(text, name, most)

function toNumber(text: string | undefined, name: string, fallback: number): number {
  const value = text === undefined ? fallback : Number(text)
  if (value >= 0 && value <= 1e9) return value
  throw new Error(`${name} must be a number from 0 to 1,000,000,000, got ${JSON.stringify(text)}`)
}
