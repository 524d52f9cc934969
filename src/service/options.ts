import { Mistakes } from '../errors/mistakes.ts'
import { knownNames } from '../errors/nearest.ts'
import { UsageError } from '../errors/usage-error.ts'
import { toMs } from '../units/parse.ts'
import type { DurationInput, Ms } from '../units/units.ts'
import { addressOf } from './address.ts'
import { addressesOf, parseReady } from './ready-check.ts'
import type { ReadyCheck, ReadyOptions } from './ready-check.ts'

/** A service under test, or a companion of it. */
export interface ServiceOptions {
  /** Run by the shell: `npm start`. */
  command: string
  /** When the service counts as ready. Default: the port of the base URL accepts a connection. */
  ready?: string | ReadyOptions
  /** Default: where Vitest runs. */
  cwd?: string
  /** Added to the environment of Vitest; wins over the `PORT` of the base URL. */
  env?: Record<string, string>
  /** How messages call it. Default: its command. */
  name?: string
  /** Starts it so that its garbage can be collected for `retained()`: a service in Node. */
  inspect?: boolean
  /** How long it may take to be ready. Default `'30s'`. */
  startTimeout?: DurationInput
  /** How long it may take to end when asked, before it is killed. Default `'5s'`. */
  stopTimeout?: DurationInput
}

/** A service as it is started: checked, strings parsed, paths made URLs. */
export interface ServiceSpec {
  readonly name: string
  readonly command: string
  readonly ready: ReadyCheck
  /** Where it is spoken to, when that is known. */
  readonly url: string | undefined
  /** Given to it as `PORT`, unless its own `env` says otherwise. */
  readonly port: number | undefined
  readonly cwd: string | undefined
  readonly env: Readonly<Record<string, string>>
  readonly inspect: boolean
  readonly startTimeout: Ms
  readonly stopTimeout: Ms
}

const KNOWN = ['command', 'ready', 'cwd', 'env', 'name', 'inspect', 'startTimeout', 'stopTimeout']
const EXPECTED = "an object like { command: 'npm start', ready: '/health' }, or a list of them"

/**
 * The services of an option such as `perf.server`: one, a list, or none for `undefined`.
 * @throws UsageError with every mistake of every service in it.
 */
export function parseServices(
  input: unknown,
  path: string,
  baseUrl: string | undefined,
): readonly ServiceSpec[] {
  if (input === undefined) return []
  const list: readonly unknown[] = Array.isArray(input) ? input : [input]
  const mistakes = new Mistakes()
  const specs = list.map((each, index) => {
    const at = Array.isArray(input) ? `${path}[${index}]` : path
    return parseService(each, { path: at, baseUrl, alone: list.length === 1, mistakes })
  })
  mistakes.throwAll(path)
  return specs.filter((spec) => spec !== undefined)
}

interface Place {
  readonly path: string
  readonly baseUrl: string | undefined
  readonly alone: boolean
  readonly mistakes: Mistakes
}

function parseService(
  input: unknown,
  { path, baseUrl, alone, mistakes }: Place,
): ServiceSpec | undefined {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    mistakes.add(new UsageError(path, EXPECTED, input))
    return undefined
  }
  const options: Readonly<Record<string, unknown>> = { ...input }
  for (const key of Object.keys(options).filter((each) => !KNOWN.includes(each))) {
    mistakes.add(
      UsageError.saying(path, `${path}.${key} is no option (${knownNames(key, KNOWN)})`, key),
    )
  }
  const take = <T>(parse: () => T): T | undefined => mistakes.check<T | undefined>(parse, undefined)
  const command = take(() =>
    toText(options['command'], `${path}.command`, "a command like 'npm start'"),
  )
  const ready = take(() => parseReady(options['ready'], `${path}.ready`, baseUrl))
  const name = take(() => toText(options['name'] ?? command ?? '?', `${path}.name`, 'a name'))
  const cwd = take(() => optionalText(options['cwd'], `${path}.cwd`, 'a directory'))
  const env = take(() => toEnv(options['env'], `${path}.env`))
  const inspect = take(() => toSwitch(options['inspect'] ?? false, `${path}.inspect`))
  const startTimeout = take(() => toMs(options['startTimeout'] ?? '30s', `${path}.startTimeout`))
  const stopTimeout = take(() => toMs(options['stopTimeout'] ?? '5s', `${path}.stopTimeout`))
  if (command === undefined || ready === undefined || name === undefined) return undefined
  if (
    env === undefined ||
    inspect === undefined ||
    startTimeout === undefined ||
    stopTimeout === undefined
  )
    return undefined
  const place = placeOf(ready, baseUrl, alone)
  return { name, command, ready, ...place, cwd, env, inspect, startTimeout, stopTimeout }
}

/** A companion that is ready elsewhere must not be given the port of the service under test. */
function placeOf(
  ready: ReadyCheck,
  baseUrl: string | undefined,
  alone: boolean,
): Pick<ServiceSpec, 'url' | 'port'> {
  const [first] = addressesOf(ready)
  const base = baseUrl === undefined ? undefined : addressOf(baseUrl)
  if (baseUrl !== undefined && (first === undefined ? alone : first.port === base?.port)) {
    const { port } = new URL(baseUrl)
    return { url: baseUrl, port: port === '' ? undefined : Number(port) }
  }
  if (ready.url !== undefined) return { url: new URL(ready.url).origin, port: undefined }
  return {
    url: first === undefined ? undefined : `http://${first.host}:${first.port}`,
    port: undefined,
  }
}

function toText(input: unknown, path: string, expected: string): string {
  if (typeof input === 'string' && input.trim() !== '') return input
  throw new UsageError(path, expected, input)
}

function toSwitch(input: unknown, path: string): boolean {
  if (typeof input === 'boolean') return input
  throw new UsageError(path, 'true or false', input)
}

function optionalText(input: unknown, path: string, expected: string): string | undefined {
  return input === undefined ? undefined : toText(input, path, expected)
}

function toEnv(input: unknown = {}, path: string): Readonly<Record<string, string>> {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new UsageError(path, "an object of texts like { LOG: 'off' }", input)
  }
  const entries = Object.entries(input).map(([key, value]: [string, unknown]): [string, string] => {
    if (typeof value === 'string') return [key, value]
    throw new UsageError(`${path}.${key}`, 'a text', value)
  })
  return Object.fromEntries(entries)
}
