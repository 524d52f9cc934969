/** How the service behaves. Times are in ms, sizes in bytes, shares from 0 to 1. */
export interface Settings {
  /** 0 takes any free port. */
  readonly port: number
  /** A second listener for WebSockets; without it they share the HTTP port. */
  readonly wsPort: number | undefined
  /** A file, or `:memory:`. */
  readonly database: string
  readonly seed: number
  /** From the question to the first token. */
  readonly firstToken: number
  /** From one token to the next. */
  readonly tokenGap: number
  readonly tokens: number
  /** Spread of the delays: 0 is none, 1 is a long tail. Their mean stays as it is. */
  readonly jitter: number
  /** Bytes kept for ever per request. */
  readonly leak: number
  /** Share of chats refused with 503. */
  readonly fail: number
}

export type BambooOptions = Partial<Settings>

const NAMES = [
  'port',
  'wsPort',
  'seed',
  'firstToken',
  'tokenGap',
  'tokens',
  'jitter',
  'leak',
  'fail',
] as const

type NumberName = (typeof NAMES)[number]

interface Rule {
  readonly variable: string
  readonly fallback?: number
  readonly least: number
  readonly most: number
  readonly whole?: boolean
}

const PORTS = { least: 0, most: 65_535, whole: true }
const DELAYS = { least: 0, most: 3_600_000 }
const SHARES = { fallback: 0, least: 0, most: 1 }

const RULES: Readonly<Record<NumberName, Rule>> = {
  port: { variable: 'PORT', fallback: 0, ...PORTS },
  wsPort: { variable: 'WS_PORT', ...PORTS },
  seed: { variable: 'BAMBOO_SEED', fallback: 1, least: 0, most: 2 ** 32, whole: true },
  firstToken: { variable: 'BAMBOO_FIRST_TOKEN', fallback: 20, ...DELAYS },
  tokenGap: { variable: 'BAMBOO_TOKEN_GAP', fallback: 2, ...DELAYS },
  tokens: { variable: 'BAMBOO_TOKENS', fallback: 12, least: 1, most: 100_000, whole: true },
  jitter: { variable: 'BAMBOO_JITTER', ...SHARES },
  leak: { variable: 'BAMBOO_LEAK', fallback: 0, least: 0, most: 2 ** 30, whole: true },
  fail: { variable: 'BAMBOO_FAIL', ...SHARES },
}

/** Options from environment variables; an empty variable counts as not set. */
export function optionsFrom(environment: NodeJS.ProcessEnv): BambooOptions {
  const options: { -readonly [Name in keyof Settings]?: Settings[Name] } = { port: 8080 }
  for (const name of NAMES) {
    const text = environment[RULES[name].variable]
    if (text !== undefined && text !== '') options[name] = Number(text)
  }
  if (environment.BAMBOO_DB) options.database = environment.BAMBOO_DB
  return options
}

/**
 * Fills in the defaults.
 * @throws Error when a number is not one or out of range, with the option and its variable
 */
export function toSettings(options: BambooOptions): Settings {
  const required = (name: NumberName): number => checked(name, options[name]) ?? 0
  return {
    port: required('port'),
    wsPort: checked('wsPort', options.wsPort),
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

function checked(name: NumberName, given: number | undefined): number | undefined {
  const { variable, fallback, least, most, whole = false } = RULES[name]
  const value = given ?? fallback
  if (value === undefined) return undefined
  if (value >= least && value <= most && (!whole || Number.isInteger(value))) return value
  const kind = whole ? 'a whole number' : 'a number'
  throw new Error(`${name} (${variable}) must be ${kind} from ${least} to ${most}, got ${value}`)
}
