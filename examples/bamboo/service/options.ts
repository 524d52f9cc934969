import {
  checkedNumber,
  DELAYS,
  numbersFrom,
  PORTS,
  SEEDS,
  SHARES,
  type NumberSetting,
} from '../../services/number-setting.ts'
import type { Pace } from '../../services/tokens.ts'

/** How the service behaves. Times are in ms, sizes in bytes, shares from 0 to 1. */
export interface Settings extends Pace {
  /** 0 takes any free port. */
  readonly port: number
  /** A second listener for WebSockets; without it they share the HTTP port. */
  readonly wsPort: number | undefined
  /** A file, or `:memory:`. */
  readonly database: string
  /** Bytes kept for ever per request, up to 500 MB in all. */
  readonly leak: number
  /** Share of chats refused with 503. */
  readonly fail: number
}

export type BambooOptions = Partial<Settings>

type NumberName = Exclude<keyof Settings, 'database'>

const NUMBERS: Readonly<Record<NumberName, NumberSetting>> = {
  port: { variable: 'PORT', fallback: 0, ...PORTS },
  wsPort: { variable: 'WS_PORT', ...PORTS },
  seed: { variable: 'BAMBOO_SEED', ...SEEDS },
  firstToken: { variable: 'BAMBOO_FIRST_TOKEN', fallback: 20, ...DELAYS },
  tokenGap: { variable: 'BAMBOO_TOKEN_GAP', fallback: 2, ...DELAYS },
  tokens: { variable: 'BAMBOO_TOKENS', fallback: 12, least: 1, most: 100_000, whole: true },
  jitter: { variable: 'BAMBOO_JITTER', ...SHARES },
  leak: { variable: 'BAMBOO_LEAK', fallback: 0, least: 0, most: 2 ** 30, whole: true },
  fail: { variable: 'BAMBOO_FAIL', ...SHARES },
}

/** Options from environment variables; an empty variable counts as not set. */
export function optionsFrom(environment: NodeJS.ProcessEnv): BambooOptions {
  const { BAMBOO_DB: database } = environment
  return { port: 8080, ...numbersFrom(NUMBERS, environment), ...(database && { database }) }
}

/**
 * Fills in the defaults.
 * @throws Error when a number is not one or out of range, with the option and its variable
 */
export function toSettings(options: BambooOptions): Settings {
  const given = (name: NumberName): number | undefined =>
    checkedNumber(name, NUMBERS[name], options[name])
  const required = (name: NumberName): number => given(name) ?? 0
  return {
    port: required('port'),
    wsPort: given('wsPort'),
    database: options.database ?? ':memory:',
    seed: required('seed'),
    firstToken: required('firstToken'),
    tokenGap: required('tokenGap'),
    tokens: required('tokens'),
    jitter: required('jitter'),
    leak: required('leak'),
    fail: required('fail'),
  }
}
