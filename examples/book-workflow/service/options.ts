import { join } from 'node:path'
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
  /** A CSV file with the columns `user_id` and `token`: who may come in. */
  readonly accessTokens: string
  /** What 1,000 tokens of context add to the time to the first token. */
  readonly prefill: number
  /** Share of all answers of the model that are a 503 instead. */
  readonly fail: number
  /** Share of all streams that break off in their middle. */
  readonly cut: number
}

export type BookOptions = Partial<Settings>

type NumberName = Exclude<keyof Settings, 'database' | 'accessTokens'>

const NUMBERS: Readonly<Record<NumberName, NumberSetting>> = {
  port: { variable: 'PORT', fallback: 0, ...PORTS },
  seed: { variable: 'BOOK_SEED', ...SEEDS },
  firstToken: { variable: 'BOOK_FIRST_TOKEN', fallback: 30, ...DELAYS },
  tokenGap: { variable: 'BOOK_TOKEN_GAP', fallback: 4, ...DELAYS },
  tokens: { variable: 'BOOK_TOKENS', fallback: 24, least: 1, most: 100_000, whole: true },
  jitter: { variable: 'BOOK_JITTER', ...SHARES, fallback: 0.3 },
  prefill: { variable: 'BOOK_PREFILL', fallback: 20, ...DELAYS },
  fail: { variable: 'BOOK_FAIL', ...SHARES },
  cut: { variable: 'BOOK_CUT', ...SHARES },
}

const ACCESS_TOKENS = join(import.meta.dirname, '..', 'access_tokens.csv')

/** Options from environment variables; an empty variable counts as not set. */
export function optionsFrom(environment: NodeJS.ProcessEnv): BookOptions {
  const { BOOK_DB: database, BOOK_ACCESS_TOKENS: accessTokens } = environment
  const files = { ...(database && { database }), ...(accessTokens && { accessTokens }) }
  return { port: 8000, ...numbersFrom(NUMBERS, environment), ...files }
}

/**
 * Fills in the defaults.
 * @throws Error when a number is not one or out of range, with the option and its variable
 */
export function toSettings(options: BookOptions): Settings {
  const number = (name: NumberName): number =>
    checkedNumber(name, NUMBERS[name], options[name]) ?? 0
  return {
    port: number('port'),
    database: options.database ?? ':memory:',
    accessTokens: options.accessTokens ?? ACCESS_TOKENS,
    seed: number('seed'),
    firstToken: number('firstToken'),
    tokenGap: number('tokenGap'),
    tokens: number('tokens'),
    jitter: number('jitter'),
    prefill: number('prefill'),
    fail: number('fail'),
    cut: number('cut'),
  }
}
