/** A number that a service is set up with: where it comes from, and what it may be. */
export interface NumberSetting {
  /** The environment variable. */
  readonly variable: string
  /** Without one the setting may be missing. */
  readonly fallback?: number
  readonly least: number
  readonly most: number
  readonly whole?: boolean
}

export const PORTS = { least: 0, most: 65_535, whole: true }
/** In ms, up to an hour. */
export const DELAYS = { least: 0, most: 3_600_000 }
export const SHARES = { fallback: 0, least: 0, most: 1 }
export const SEEDS = { fallback: 1, least: 0, most: 2 ** 32, whole: true }

/** What the environment says of these settings; an empty variable counts as not set. */
export function numbersFrom<Name extends string>(
  settings: Readonly<Record<Name, NumberSetting>>,
  environment: NodeJS.ProcessEnv,
): Partial<Record<Name, number>> {
  const numbers: Partial<Record<Name, number>> = {}
  for (const name of Object.keys(settings) as Name[]) {
    const text = environment[settings[name].variable]
    if (text !== undefined && text !== '') numbers[name] = Number(text)
  }
  return numbers
}

/** The number given, or the fallback. @throws Error when it is not one or out of range */
export function checkedNumber(
  name: string,
  setting: NumberSetting,
  given: number | undefined,
): number | undefined {
  const { variable, fallback, least, most, whole = false } = setting
  const value = given ?? fallback
  if (value === undefined) return undefined
  if (value >= least && value <= most && (!whole || Number.isInteger(value))) return value
  const kind = whole ? 'a whole number' : 'a number'
  throw new Error(`${name} (${variable}) must be ${kind} from ${least} to ${most}, got ${value}`)
}
