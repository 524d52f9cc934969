import {
  checkedNumber,
  DELAYS,
  numbersFrom,
  PORTS,
  SEEDS,
  type NumberSetting,
} from '../../services/number-setting.ts'
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

const COUNTS = { least: 1, most: 1e9, whole: true }

const RULES = {
  port: { variable: 'PORT', fallback: 0, ...PORTS },
  seed: { variable: 'BTC_SEED', ...SEEDS },
  delay: { variable: 'BTC_DELAY', fallback: 1, least: 0, most: 1_000 },
  accounts: { variable: 'BTC_ACCOUNTS', fallback: 20, ...COUNTS, most: 10_000 },
  stopAfter: { variable: 'BTC_STOP_AFTER', ...COUNTS },
} satisfies Readonly<Record<string, NumberSetting>>

/**
 * Options from environment variables; an empty variable counts as not set.
 * @throws Error for a fault that makes no sense, with its variable
 */
export function optionsFrom(environment: NodeJS.ProcessEnv): WatcherOptions {
  const { BTC_DB, BTC_SLOW, BTC_FAIL } = environment
  return {
    port: 8000,
    ...numbersFrom(RULES, environment),
    ...(BTC_DB && { database: BTC_DB }),
    ...(BTC_SLOW && { slow: perOperation(BTC_SLOW, 'BTC_SLOW', DELAYS.most) }),
    ...(BTC_FAIL && { fail: perOperation(BTC_FAIL, 'BTC_FAIL', 1) }),
  }
}

/**
 * Fills in the defaults.
 * @throws Error when a number is not one or out of range, with the option and its variable
 */
export function toSettings(options: WatcherOptions): Settings {
  const { database = ':memory:', slow = {}, fail = {} } = options
  const number = (name: keyof typeof RULES): number | undefined =>
    checkedNumber(name, RULES[name], options[name])
  return {
    port: number('port') ?? 0,
    database,
    seed: number('seed') ?? 0,
    delay: number('delay') ?? 0,
    accounts: number('accounts') ?? 0,
    slow,
    fail,
    stopAfter: number('stopAfter'),
  }
}
