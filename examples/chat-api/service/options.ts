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

/** How the service behaves. Times are in ms, shares from 0 to 1. */
export interface Settings extends Pace {
  /** 0 takes any free port. */
  readonly port: number
  /** A file, or `:memory:`. */
  readonly database: string
  /** Share of chats and streams answered with 503. */
  readonly fail: number
  /** After so many chats and streams the process dies, as in a crash; undefined for never. */
  readonly exitAfter: number | undefined
}

export type ChatApiOptions = Partial<Settings>

type NumberName = Exclude<keyof Settings, 'database'>

const COUNTS = { least: 1, most: 100_000, whole: true }

const NUMBERS: Readonly<Record<NumberName, NumberSetting>> = {
  port: { variable: 'PORT', fallback: 0, ...PORTS },
  seed: { variable: 'CHAT_SEED', ...SEEDS },
  firstToken: { variable: 'CHAT_FIRST_TOKEN', fallback: 30, ...DELAYS },
  tokenGap: { variable: 'CHAT_TOKEN_GAP', fallback: 3, ...DELAYS },
  tokens: { variable: 'CHAT_TOKENS', fallback: 16, ...COUNTS },
  jitter: { variable: 'CHAT_JITTER', ...SHARES, fallback: 0.3 },
  fail: { variable: 'CHAT_FAIL', ...SHARES },
  exitAfter: { variable: 'CHAT_EXIT_AFTER', ...COUNTS },
}

/** Options from environment variables; an empty variable counts as not set. */
export function optionsFrom(environment: NodeJS.ProcessEnv): ChatApiOptions {
  const { CHAT_DB: database } = environment
  return { port: 8000, ...numbersFrom(NUMBERS, environment), ...(database && { database }) }
}

/**
 * Fills in the defaults.
 * @throws Error when a number is not one or out of range, with the option and its variable
 */
export function toSettings(options: ChatApiOptions): Settings {
  const given = (name: NumberName): number | undefined =>
    checkedNumber(name, NUMBERS[name], options[name])
  const required = (name: NumberName): number => given(name) ?? 0
  return {
    port: required('port'),
    database: options.database ?? ':memory:',
    seed: required('seed'),
    firstToken: required('firstToken'),
    tokenGap: required('tokenGap'),
    tokens: required('tokens'),
    jitter: required('jitter'),
    fail: required('fail'),
    exitAfter: given('exitAfter'),
  }
}
